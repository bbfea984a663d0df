package dev.parley.group.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.Departure;
import dev.parley.group.GroupCommand;
import dev.parley.group.GroupLimits;
import dev.parley.group.RoomDue;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A realm in which test users run commands and get deliveries. */
final class World {

  static final String REALM = "default";

  /** How long the rooms of test users linger when empty. */
  static final Duration LINGER = Duration.ofMinutes(10);

  private final GroupRules rules;
  private final TestRecords records = new TestRecords();
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final Map<RecordKey, DeadlineChange.Set> deadlines = new LinkedHashMap<>();

  World() {
    this(GroupLimits.DEFAULT);
  }

  World(GroupLimits limits) {
    this.rules = new GroupRules(limits);
  }

  static PeerAddress address(String name) {
    return new PeerAddress(REALM, name);
  }

  static Bytes json(String text) {
    return Bytes.utf8(text.replace('\'', '"'));
  }

  /** A user who has arrived, with an empty status. */
  Person person(String name) {
    return person(name, "{}");
  }

  /** A user who has arrived. */
  Person person(String name, String status) {
    Person person = new Person(this, name);
    people.put(name, person);
    person.arrives(status);
    person.hears();
    return person;
  }

  /** Runs a command and delivers its effects. */
  Evaluation.Done run(GroupCommand command, @Nullable Person requester) {
    Evaluation evaluation = rules.evaluate(command, records);
    assertThat(evaluation).isInstanceOf(Evaluation.Done.class);
    Evaluation.Done done = (Evaluation.Done) evaluation;
    records.apply(done.changes());
    for (DeadlineChange change : done.deadlines()) {
      switch (change) {
        case DeadlineChange.Set set -> deadlines.put(set.key(), set);
        case DeadlineChange.Clear clear -> deadlines.remove(clear.key());
      }
    }
    for (Effect effect : done.effects()) {
      switch (effect) {
        case Effect.Tell tell -> tell.users()
            .forEach(user -> person(user, tell).hear(Texts.of(tell.event())));
        case Effect.Answer answer -> {
          assertThat(requester).isNotNull();
          if (requester != null) {
            requester.hear("= " + Texts.of(answer.answer()));
          }
        }
      }
    }
    return done;
  }

  private Person person(String user, Effect.Tell tell) {
    Person person = people.get(user);
    if (person == null) {
      throw new AssertionError(user + " is absent, but gets " + Texts.of(tell.event()));
    }
    return person;
  }

  void depart(Person person) {
    people.remove(person.name());
    run(new Departure(address(person.name())), null);
  }

  /** Fires the deadline of every empty room. */
  void waitForEmptyRooms() {
    List<DeadlineChange.Set> due = new ArrayList<>(deadlines.values());
    deadlines.clear();
    due.forEach(each -> run(each.due(), null));
  }

  /** All deadlines. */
  Map<String, Duration> due() {
    Map<String, Duration> due = new LinkedHashMap<>();
    deadlines.forEach((key, set) -> due.put(key.id(), set.after()));
    return due;
  }

  /** Fires a deadline that was set for an earlier time of the room's being empty. */
  void comesTooLate(String room, long emptied) {
    run(new RoomDue(REALM, room, emptied), null);
  }

  /** The counted bytes of the realm. */
  long bytes() {
    return new Rooms(new RecordOverlay(records), REALM).bytes();
  }

  /** The size in bytes of a room's view. */
  long shown(String room) {
    return new Rooms(new RecordOverlay(records), REALM).shown(room);
  }

  static RecordKey user(String name) {
    return new RecordKey(REALM, RecordKind.USER, name);
  }

  static RecordKey room(String name) {
    return new RecordKey(REALM, RecordKind.ROOM, name);
  }

  TestRecords records() {
    return records;
  }
}
