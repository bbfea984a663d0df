package dev.parley.hub.local;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines in order, one timer for the earliest of them. Any thread may add; {@code due} is called
 * on a Vert.x context, one deadline at a time, never early.
 *
 * @param <T> what a deadline is about
 */
final class Deadlines<T> {

  private final Vertx vertx;
  private final Consumer<T> due;
  private final PriorityQueue<Entry<T>> queue =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at));
  private final ReentrantLock lock = new ReentrantLock();
  private long timer = NO_TIMER;
  private long timerAt;
  private boolean closed;

  private static final long NO_TIMER = -1;

  private record Entry<T>(long at, T subject) {}

  Deadlines(Vertx vertx, Consumer<T> due) {
    this.vertx = vertx;
    this.due = due;
  }

  void add(Duration delay, T subject) {
    long at = System.nanoTime() + delay.toNanos();
    lock.lock();
    try {
      if (!closed) {
        queue.add(new Entry<>(at, subject));
        arm();
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      disarm();
    } finally {
      lock.unlock();
    }
  }

  private void arm() {
    Entry<T> next = queue.peek();
    if (next == null || (timer != NO_TIMER && timerAt - next.at <= 0)) {
      return;
    }
    disarm();
    timerAt = next.at;
    long millis = Math.max(1, (next.at - System.nanoTime() + 999_999) / 1_000_000);
    timer = vertx.setTimer(millis, id -> fire());
  }

  private void disarm() {
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  private void fire() {
    lock.lock();
    try {
      timer = NO_TIMER;
    } finally {
      lock.unlock();
    }
    for (T subject = takeDue(); subject != null; subject = takeDue()) {
      due.accept(subject);
    }
  }

  private @Nullable T takeDue() {
    lock.lock();
    try {
      Entry<T> next = queue.peek();
      if (next == null || next.at - System.nanoTime() > 0) {
        arm();
        return null;
      }
      queue.poll();
      return next.subject;
    } finally {
      lock.unlock();
    }
  }
}
