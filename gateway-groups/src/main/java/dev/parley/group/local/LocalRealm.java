package dev.parley.group.local;

import dev.parley.group.Departure;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupCommand;
import dev.parley.group.GroupEvent;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.Refusal;
import dev.parley.group.RoomDue;
import dev.parley.group.UserCommand;
import dev.parley.group.rules.Change;
import dev.parley.group.rules.DeadlineChange;
import dev.parley.group.rules.Effect;
import dev.parley.group.rules.Evaluation;
import dev.parley.group.rules.FieldGroup;
import dev.parley.group.rules.GroupRecord;
import dev.parley.group.rules.GroupRules;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import dev.parley.hub.MinuteThrottle;
import dev.parley.hub.Recipient;
import dev.parley.hub.local.Deadlines;
import dev.parley.metrics.GroupMetrics;
import dev.parley.signal.PeerAddress;
import java.util.HashMap;
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

  /** A departure with more deliveries than this is done in slices. */
  static final int MAX_DELIVERIES_AT_ONCE = 4096;

  private final GroupRules rules;
  private final ReentrantLock lock = new ReentrantLock();
  private final GroupMetrics metrics;
  private final RecordTable records = new RecordTable();
  private final EmptyRooms emptyRooms;
  private final Map<String, Present> users = new HashMap<>();
  /** Users that are gone and are being removed from many large rooms, one at a time. */
  private final LinkedHashMap<String, PeerAddress> departing = new LinkedHashMap<>();
  private boolean isDeparting;

  /** The owner of a user, and its throttle of new rooms. */
  private record Present(Recipient recipient, MinuteThrottle rooms) {}

  LocalRealm(GroupRules rules, Deadlines<EmptyRooms.Due> deadlines, GroupMetrics metrics) {
    this.rules = rules;
    this.emptyRooms = new EmptyRooms(deadlines);
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

  /**
   * Departs a user, if {@code owner} owns it.
   *
   * @return whether that is much work, so that {@link #departFurther} has to be called
   */
  boolean depart(Recipient owner, PeerAddress address) {
    lock.lock();
    try {
      String user = address.id();
      if (recipient(user) != owner) {
        return false;
      }
      users.remove(user);
      if (isMuchWork(address)) {
        departing.put(user, address);
        boolean isFirst = !isDeparting;
        isDeparting = true;
        return isFirst;
      }
      carryOut(null, new Departure(address));
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean isMuchWork(PeerAddress user) {
    GroupRecord record = record(new RecordKey(user.realm(), RecordKind.USER, user.id()));
    long deliveries = 0;
    for (String room : record.values(FieldGroup.MEMBERSHIP).keySet()) {
      deliveries += record(new RecordKey(user.realm(), RecordKind.ROOM, room))
          .values(FieldGroup.MEMBER).size();
    }
    for (String namespace : record.values(FieldGroup.REGISTRATION).keySet()) {
      deliveries += record(new RecordKey(user.realm(), RecordKind.SUBSCRIBERS, namespace))
          .values(FieldGroup.SUBSCRIBER).size();
    }
    return deliveries > MAX_DELIVERIES_AT_ONCE;
  }

  /**
   * Removes a departing user from its next room.
   *
   * @return whether there is more to do
   */
  boolean departFurther() {
    lock.lock();
    try {
      Map.Entry<String, PeerAddress> next = departing.firstEntry();
      if (next != null) {
        carryOut(null, new Departure(next.getValue(), 1));
        if (!exists(next.getValue())) {
          departing.remove(next.getKey());
        }
      }
      isDeparting = !departing.isEmpty();
      return isDeparting;
    } finally {
      lock.unlock();
    }
  }

  private boolean exists(PeerAddress user) {
    return records.get(new RecordKey(user.realm(), RecordKind.USER, user.id())) != null;
  }

  private void arrive(Recipient requester, Arrive arrive, @Nullable Recipient present) {
    String user = arrive.user().id();
    boolean isStillThere = departing.remove(user) != null;
    if (isStillThere || (present != null && present != requester)) {
      users.remove(user);
      carryOut(null, new Departure(arrive.user()));
    }
    carryOut(requester, arrive);
    if (present != requester && exists(arrive.user())) {
      int rooms = rules.limits().newRoomsPerMinute();
      users.put(user, new Present(requester, new MinuteThrottle(rooms, System.nanoTime())));
    }
  }

  private @Nullable Recipient recipient(String user) {
    Present present = users.get(user);
    return present == null ? null : present.recipient();
  }

  /** Runs a due command, unless its deadline was cleared at the last moment. */
  void due(EmptyRooms.Due due) {
    lock.lock();
    try {
      if (due.isValid()) {
        carryOut(null, due.command());
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

  /** The weight of its records in bytes. */
  long bytes(String realm) {
    lock.lock();
    try {
      return GroupRules.bytes(record(new RecordKey(realm, RecordKind.REALM, "")));
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
    RoomDue oldest = emptyRooms.forgetOldest();
    if (oldest == null) {
      return false;
    }
    carryOut(null, oldest);
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
    LocalRecord record = records.get(key);
    return record == null ? GroupRecord.ABSENT : record;
  }

  private void apply(Change change) {
    RecordKey key = change.key();
    if (change.value() != null) {
      records.getOrCreate(key).set(change.part(), change.name(), change.value());
      return;
    }
    LocalRecord record = records.get(key);
    if (record != null) {
      record.set(change.part(), change.name(), null);
      if (record.isEmpty()) {
        emptyRooms.forget(record);
        records.remove(key);
      }
    }
  }

  private void apply(DeadlineChange change) {
    LocalRecord record = records.get(change.key());
    if (record != null) {
      switch (change) {
        case DeadlineChange.Set set -> emptyRooms.add(record, set.due(), set.after());
        case DeadlineChange.Clear clear -> emptyRooms.forget(record);
      }
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
