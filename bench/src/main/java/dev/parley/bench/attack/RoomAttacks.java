package dev.parley.bench.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Attacks on users of calling, and on their rooms and namespaces. */
final class RoomAttacks {

  private static final int ANSWER_MILLIS = 10_000;
  private static final int LARGEST_STATUS = 16_000;
  private static final String ROOMS = "rooms";

  /**
   * Rooms of a realm, {@code limits.groups.rooms}, and what the node counts for each without a
   * status.
   */
  private static final long MAX_ROOMS = 100_000;
  private static final long ROOM_BYTES = 512;

  /** What a realm may weigh: {@code limits.groups.bytes}. */
  private static final long MAX_BYTES = 96L << 20;

  private RoomAttacks() {}

  static void collidingRooms(Stage stage) throws InterruptedException {
    List<String> names = PeerAttacks.collidingTexts();
    List<CallingUser> users = CallingUser.connect(stage, stage.count(80, 3), 1);
    int each = stage.count(100, 20);
    for (int i = 0; i < users.size(); i++) {
      var all = new Burst.Together();
      names.subList(i * each, (i + 1) * each).forEach(
          name -> all.add(Calling.join(stage.named(name), "{}")));
      users.get(i).send(all.burst());
    }
    stage.untilOver(() -> CallingUser.areAnswered(users, each),
        () -> CallingUser.done(users) > 0);
    stage.tally().did(ROOMS, CallingUser.done(users));
    stage.untilOver();
    leave(stage, 0);
  }

  /** An empty room stays for ten minutes. */
  private static void leave(Stage stage, int status) {
    long rooms = Math.min(MAX_ROOMS, stage.tally().done(ROOMS));
    stage.tally().left.add(Math.min(MAX_BYTES, rooms * (ROOM_BYTES + status)));
  }

  static void roomsThatNobodyIsIn(Stage stage) throws InterruptedException {
    List<CallingUser> users = CallingUser.connect(stage, stage.count(24, 3), 1);
    AtomicLong next = new AtomicLong();
    for (CallingUser user : users) {
      user.socket().pump(() -> {
        String room = stage.named("empty" + next.getAndIncrement());
        return new Burst.Together().add(Calling.join(room, "{}"))
            .add(Calling.roomStatus(room, LARGEST_STATUS)).add(Calling.leave(room)).burst();
      }, stage.count(1_500_000, 300_000));
    }
    stage.untilOver(() -> false, () -> CallingUser.done(users) > 0);
    stage.tally().did(ROOMS, CallingUser.done(users));
    leave(stage, LARGEST_STATUS);
  }

  static void roomsOfARealm(Stage stage) throws InterruptedException {
    int each = stage.count(500, 50);
    long next = 0;
    do {
      List<CallingUser> users = CallingUser.connect(stage, stage.count(24, 3), 1);
      for (CallingUser user : users) {
        var all = new Burst.Together();
        for (int i = 0; i < each; i++) {
          String room = stage.named("taken" + next++);
          all.add(Calling.join(room, "{}")).add(Calling.leave(room));
        }
        user.send(all.burst());
      }
      stage.untilOver(() -> CallingUser.areAnswered(users, each),
          () -> CallingUser.done(users) > 0);
      stage.tally().did(ROOMS, CallingUser.done(users));
      users.forEach(user -> user.socket().release());
    } while (stage.goesOn());
    leave(stage, 0);
    needsARoom(stage);
  }

  /** An honest user, from elsewhere, makes a room. */
  private static void needsARoom(Stage stage) throws InterruptedException {
    for (CallingUser honest : CallingUser.connect(stage, 1, 1)) {
      honest.send(Calling.join(stage.named("honest"), "{}"));
      stage.await(() -> honest.answered() > 0 || !honest.isOpen(), ANSWER_MILLIS);
      if (honest.done() == 0) {
        stage.tally().harm("honest user without a room");
      }
    }
  }

  static void statusesInManyRooms(Stage stage) throws InterruptedException {
    int rooms = stage.count(60, 5);
    List<CallingUser> users = CallingUser.connect(stage, stage.count(150, 10), 10);
    var joins = new Burst.Together();
    for (int i = 0; i < rooms; i++) {
      joins.add(Calling.join(stage.named("crowd" + i), "{}"));
    }
    Burst all = joins.burst();
    users.forEach(user -> user.send(all));
    stage.await(() -> CallingUser.areAnswered(users, rooms), 3 * ANSWER_MILLIS);
    stage.tally().did("memberships", CallingUser.done(users));
    if (!users.isEmpty()) {
      send(stage, users.getFirst(), () -> Calling.status(Calling.status(LARGEST_STATUS)),
          stage.count(10, 2));
    }
    stage.untilOver();
  }

  private static void send(Stage stage, CallingUser user, Supplier<Burst> statuses, int count)
      throws InterruptedException {
    long before = user.answered();
    for (int i = 0; i < count; i++) {
      user.send(statuses.get());
      stage.tally().did("statuses", 1);
    }
    var unused = stage.untilOver(() -> user.answered() >= before + count || !user.isOpen());
  }

  static void statusesInManyNamespaces(Stage stage) throws InterruptedException {
    int namespaces = stage.count(100, 5);
    List<CallingUser> users = CallingUser.connect(stage, stage.count(61, 6), 10);
    var subscribing = new Burst.Together();
    var registering = new Burst.Together();
    for (int i = 0; i < namespaces; i++) {
      subscribing.add(Calling.subscribe("space" + i));
      registering.add(Calling.register("space" + i));
    }
    List<CallingUser> subscribers = users.subList(Math.min(1, users.size()), users.size());
    subscribers.forEach(user -> user.send(subscribing.burst()));
    stage.await(() -> CallingUser.areAnswered(subscribers, namespaces), ANSWER_MILLIS);
    stage.tally().did("subscriptions", CallingUser.done(subscribers));
    if (!users.isEmpty()) {
      CallingUser speaker = users.getFirst();
      speaker.send(registering.burst());
      stage.await(() -> speaker.answered() >= namespaces || !speaker.isOpen(), ANSWER_MILLIS);
      speaker.socket().pump(() -> {
        stage.tally().did("statuses", 1);
        return Calling.status(Calling.status(LARGEST_STATUS));
      }, LARGEST_STATUS);
    }
    stage.untilOver();
  }

  static void joiningAFullRoom(Stage stage) throws InterruptedException {
    List<CallingUser> users = CallingUser.connect(stage, stage.count(998, 30), 20);
    Burst join = Calling.join(stage.named("full"), Calling.status(1100));
    users.forEach(user -> user.send(join));
    stage.await(() -> CallingUser.areAnswered(users, 1), 6 * ANSWER_MILLIS);
    stage.tally().did("members", CallingUser.done(users));
    for (CallingUser honest : CallingUser.connect(stage, 1, 1)) {
      honest.send(Calling.join(stage.named("full"), Calling.status(1100)));
      stage.await(() -> honest.answered() > 0 || !honest.isOpen(), ANSWER_MILLIS);
      if (honest.answered() == 0) {
        stage.tally().harm(honest.isOpen() ? "joined without an answer" : "closed for joining");
      }
    }
  }

  static void invitations(Stage stage) throws InterruptedException {
    List<CallingUser> users = CallingUser.connect(stage, 3, 3);
    if (users.size() < 3) {
      return;
    }
    CallingUser attacker = users.get(0);
    CallingUser victim = users.get(1);
    CallingUser friend = users.get(2);
    int count = stage.count(100, 100);
    List<Burst> rooms = new ArrayList<>();
    var all = new Burst.Together();
    for (int i = 0; i < count; i++) {
      rooms.add(Calling.join(stage.named("lure" + i), "{}"));
      all.add(rooms.get(i)).add(Calling.invite(stage.named("lure" + i), victim.id()));
    }
    attacker.send(all.burst());
    stage.await(() -> attacker.answered() >= 2L * count || !attacker.isOpen(), ANSWER_MILLIS);
    stage.tally().did("rooms and invitations", attacker.done());
    succeeds(stage, victim, Calling.join(stage.named("own"), "{}"),
        "invited user without a room");
    succeeds(stage, friend, Calling.join(stage.named("friends"), "{}"),
        "friend without a room");
    succeeds(stage, friend, Calling.invite(stage.named("friends"), victim.id()),
        "friend cannot invite");
    stage.untilOver();
  }

  private static void succeeds(Stage stage, CallingUser honest, Burst request, String harm)
      throws InterruptedException {
    long before = honest.answered();
    long done = honest.done();
    honest.send(request);
    stage.await(() -> honest.answered() > before || !honest.isOpen(), ANSWER_MILLIS);
    if (honest.done() == done) {
      stage.tally().harm(harm);
    }
  }
}
