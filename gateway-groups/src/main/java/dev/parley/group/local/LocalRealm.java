package dev.parley.group.local;

import dev.parley.group.Departure;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupCommand;
import dev.parley.group.GroupEvent;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.Refusal;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.Change;
import dev.parley.group.rules.DeadlineChange;
import dev.parley.group.rules.Effect;
import dev.parley.group.rules.Evaluation;
import dev.parley.group.rules.FieldRecord;
import dev.parley.group.rules.GroupRecord;
import dev.parley.group.rules.GroupRules;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import dev.parley.hub.MinuteThrottle;
import dev.parley.hub.Recipient;
import dev.parley.hub.local.Deadlines;
import dev.parley.metrics.GroupMetrics;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one realm: its records, and the owners of its users. Commands are serialized by a
 * lock that is held until all deliveries are queued. So all recipients see the order in which
 * commands take effect.
 */
final class LocalRealm {

  private final GroupRules rules;
  private final Deadlines<Due> deadlines;
  private final ReentrantLock lock = new ReentrantLock();
  private final GroupMetrics metrics;
  private final Map<RecordKey, FieldRecord> records = new HashMap<>();
  /** Deadlines of empty rooms, in the order in which the rooms became empty. */
  private final Map<RecordKey, Deadlines.Entry<Due>> due = new LinkedHashMap<>();
  private final Map<String, Present> users = new HashMap<>();

  /** A command that is due for a record. */
  record Due(RecordKey key, GroupCommand command) {}

  /** The owner of a user, and its throttle of new rooms. */
  private record Present(Recipient recipient, MinuteThrottle rooms) {}

  LocalRealm(GroupRules rules, Deadlines<Due> deadlines, GroupMetrics metrics) {
    this.rules = rules;
    this.deadlines = deadlines;
    this.metrics = metrics;
  }

  /** Runs a command of a user. */
  void command(Recipient requester, UserCommand command) {
    lock.lock();
    try {
      String user = command.user().id();
      Recipient present = recipient(user);
      switch (command) {
        case Arrive arrive -> arrive(requester, arrive, present);
        case UserCommand other when present != requester -> requester
            .deliver(new GroupAnswer.Refused(Refusal.NOT_HERE));
        case UserCommand other -> carryOut(requester, other);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Departs a user, if {@code owner} owns it. */
  void depart(Recipient owner, Departure departure) {
    lock.lock();
    try {
      String user = departure.user().id();
      if (recipient(user) == owner) {
        users.remove(user);
        carryOut(null, departure);
      }
    } finally {
      lock.unlock();
    }
  }

  private void arrive(Recipient requester, Arrive arrive, @Nullable Recipient present) {
    String user = arrive.user().id();
    if (present != null && present != requester) {
      users.remove(user);
      carryOut(null, new Departure(arrive.user()));
    }
    carryOut(requester, arrive);
    if (present != requester
        && records.containsKey(new RecordKey(arrive.realm(), RecordKind.USER, user))) {
      int rooms = rules.limits().newRoomsPerMinute();
      users.put(user, new Present(requester, new MinuteThrottle(rooms, System.nanoTime())));
    }
  }

  private @Nullable Recipient recipient(String user) {
    Present present = users.get(user);
    return present == null ? null : present.recipient();
  }

  /** Runs a due command, unless its deadline was cleared at the last moment. */
  void due(Due subject) {
    lock.lock();
    try {
      Deadlines.Entry<Due> latest = due.get(subject.key());
      if (latest != null && latest.subject().equals(subject)) {
        due.remove(subject.key());
        carryOut(null, subject.command());
      }
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return records.size();
    } finally {
      lock.unlock();
    }
  }

  private void carryOut(@Nullable Recipient requester, GroupCommand command) {
    Evaluation.Done done = evaluate(command);
    while (done.asksForEviction() && evictOldest()) {
      done = evaluate(command);
    }
    if (done.makesRoom() && command instanceof UserCommand asked && !mayMakeRoom(asked)) {
      done = GroupRules.refused(Refusal.TOO_MANY_ROOMS);
    }
    done.changes().forEach(this::apply);
    done.deadlines().forEach(this::apply);
    for (Effect effect : done.effects()) {
      say(effect, requester);
    }
    if (requester != null && command instanceof UserCommand asked) {
      account(requester, asked, done);
    }
  }

  private Evaluation.Done evaluate(GroupCommand command) {
    return switch (rules.evaluate(command, this::record)) {
      case Evaluation.Done done -> done;
      case Evaluation.Need need -> throw new IllegalStateException(
          "every record is at hand, but more are needed: " + need.keys());
    };
  }

  /** Evicts the room that has been empty for longest; false if there is none. */
  private boolean evictOldest() {
    Iterator<Deadlines.Entry<Due>> oldest = due.values().iterator();
    if (!oldest.hasNext()) {
      return false;
    }
    Deadlines.Entry<Due> entry = oldest.next();
    oldest.remove();
    deadlines.cancel(entry);
    carryOut(null, entry.subject().command());
    metrics.evicted();
    return true;
  }

  private boolean mayMakeRoom(UserCommand asked) {
    Present maker = users.get(asked.user().id());
    return maker == null || maker.rooms().pass(System.nanoTime());
  }

  private void account(Recipient requester, UserCommand asked, Evaluation.Done done) {
    Refusal refusal = done.refusal();
    if (refusal != null && (refusal.isLimit() || !done.exhausted().isEmpty())) {
      metrics.refused(refusal);
    }
    long price = GroupRules.price(asked, done);
    if (price > 0) {
      requester.charge(price);
    }
  }

  private GroupRecord record(RecordKey key) {
    FieldRecord record = records.get(key);
    return record == null ? GroupRecord.ABSENT : record;
  }

  private void apply(Change change) {
    RecordKey key = change.key();
    if (change.value() != null) {
      records.computeIfAbsent(key, absent -> new FieldRecord())
          .set(change.part(), change.name(), change.value());
      return;
    }
    FieldRecord record = records.get(key);
    if (record != null) {
      record.set(change.part(), change.name(), null);
      if (record.isEmpty()) {
        records.remove(key);
      }
    }
  }

  private void apply(DeadlineChange change) {
    Deadlines.Entry<Due> before = switch (change) {
      case DeadlineChange.Set set -> {
        Deadlines.Entry<Due> former = due.remove(set.key());
        due.put(set.key(), deadlines.add(set.after(), new Due(set.key(), set.due())));
        yield former;
      }
      case DeadlineChange.Clear clear -> due.remove(clear.key());
    };
    if (before != null) {
      deadlines.cancel(before);
    }
  }

  private void say(Effect effect, @Nullable Recipient requester) {
    switch (effect) {
      case Effect.Tell(List<String> addressees, GroupEvent event) -> {
        // Only present users: the rules guarantee it, and are tested for it.
        for (String each : addressees) {
          Recipient recipient = recipient(each);
          if (recipient != null) {
            recipient.deliver(event);
          }
        }
      }
      case Effect.Answer(GroupAnswer answer) -> {
        if (requester != null) {
          requester.deliver(answer);
        }
      }
    }
  }
}
