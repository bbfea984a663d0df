package dev.parley.hub.local;

import dev.parley.group.Departure;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupCommand;
import dev.parley.group.GroupEvent;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.Refusal;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.Change;
import dev.parley.group.rules.DeadlineChange;
import dev.parley.group.rules.Evaluation;
import dev.parley.group.rules.FieldRecord;
import dev.parley.group.rules.GroupRecord;
import dev.parley.group.rules.GroupRules;
import dev.parley.group.rules.Notice;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import dev.parley.hub.Recipient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one realm: its records, and who speaks for which user. One command at a time, under
 * a lock that is held until everybody has been told; telling only queues. So the order in which
 * commands take effect is the order in which anybody hears of them.
 */
final class LocalRealm {

  private final GroupRules rules;
  private final Deadlines<Due> deadlines;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<RecordKey, FieldRecord> records = new HashMap<>();
  private final Map<RecordKey, Deadlines.Entry<Due>> due = new HashMap<>();
  private final Map<String, Recipient> users = new HashMap<>();

  /** What is due for a record. */
  record Due(RecordKey key, GroupCommand command) {}

  LocalRealm(GroupRules rules, Deadlines<Due> deadlines) {
    this.rules = rules;
    this.deadlines = deadlines;
  }

  /** Carries out what a user asks for. */
  void command(Recipient requester, UserCommand command) {
    lock.lock();
    try {
      String user = command.user().id();
      Recipient present = users.get(user);
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

  /** A user is gone, if it is the owner who says so. */
  void depart(Recipient owner, Departure departure) {
    lock.lock();
    try {
      if (users.remove(departure.user().id(), owner)) {
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
    if (records.containsKey(new RecordKey(arrive.realm(), RecordKind.USER, user))) {
      users.put(user, requester);
    }
  }

  /** Carries out what a deadline was set for, unless that was forgotten at the last moment. */
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
    switch (rules.evaluate(command, this::record)) {
      case Evaluation.Done done -> {
        done.changes().forEach(this::apply);
        done.deadlines().forEach(this::apply);
        done.notices().forEach(notice -> say(notice, requester));
      }
      case Evaluation.Need need -> throw new IllegalStateException(
          "every record is at hand, but more are needed: " + need.keys());
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
      case DeadlineChange.Set set -> due.put(set.key(),
          deadlines.add(set.after(), new Due(set.key(), set.due())));
      case DeadlineChange.Clear clear -> due.remove(clear.key());
    };
    if (before != null) {
      deadlines.cancel(before);
    }
  }

  private void say(Notice notice, @Nullable Recipient requester) {
    switch (notice) {
      case Notice.Tell(List<String> addressees, GroupEvent event) -> {
        // Never somebody who is not here: the rules see to that, and are tested for it.
        for (String each : addressees) {
          Recipient recipient = users.get(each);
          if (recipient != null) {
            recipient.deliver(event);
          }
        }
      }
      case Notice.Answer(GroupAnswer answer) -> {
        if (requester != null) {
          requester.deliver(answer);
        }
      }
    }
  }
}
