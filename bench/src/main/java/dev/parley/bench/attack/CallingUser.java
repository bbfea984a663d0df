package dev.parley.bench.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A user of calling: its connection, and the answers to what it asked for. Any thread. */
final class CallingUser {

  private static final int HELLO_MILLIS = 10_000;

  private final Tally tally;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile String id = "";
  private @Nullable AttackSocket socket;

  private CallingUser(Tally tally) {
    this.tally = tally;
  }

  /** Connects users, and waits until the server has greeted them. */
  static List<CallingUser> connect(Stage stage, int count, int addresses)
      throws InterruptedException {
    List<CallingUser> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(new CallingUser(stage.tally()));
    }
    List<AttackSocket> sockets = stage.open(count,
        i -> Calling.user(Stage.stranger(i % addresses)).hearing(users.get(i)::hear));
    List<CallingUser> opened = users.subList(0, sockets.size());
    for (int i = 0; i < opened.size(); i++) {
      opened.get(i).socket = sockets.get(i);
    }
    stage.await(() -> opened.stream().allMatch(CallingUser::isSettled), HELLO_MILLIS);
    return opened.stream().filter(CallingUser::isOpen).toList();
  }

  private boolean isSettled() {
    return !id.isEmpty() || !isOpen();
  }

  private void hear(String message) {
    if (Calling.isDone(message)) {
      done.incrementAndGet();
    } else if (Calling.isRefused(message)) {
      refused.incrementAndGet();
      tally.got("refused: " + Calling.error(message));
    } else if (Calling.isHello(message)) {
      id = Calling.id(message);
    }
  }

  String id() {
    return id;
  }

  boolean isOpen() {
    return socket().isOpen();
  }

  AttackSocket socket() {
    if (socket == null) {
      throw new IllegalStateException("not connected");
    }
    return socket;
  }

  void send(Burst burst) {
    socket().send(burst);
  }

  /** How many requests were carried out, of those whose answers count. */
  long done() {
    return done.get();
  }

  /** How many of them were not. */
  long refused() {
    return refused.get();
  }

  /** How many of them were answered. */
  long answered() {
    return done() + refused();
  }

  /** How many requests of all of them were carried out. */
  static long done(List<CallingUser> users) {
    return users.stream().mapToLong(CallingUser::done).sum();
  }

  /** Whether each of them has so many answers, or is gone. */
  static boolean areAnswered(List<CallingUser> users, long each) {
    return users.stream().allMatch(user -> user.answered() >= each || !user.isOpen());
  }
}
