package dev.parley.hub.local;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A priority queue of deadlines with one timer, for the earliest. Adding is thread-safe; {@code
 * due} is called on a Vert.x context, one deadline at a time, never early.
 *
 * @param <T> the subject of a deadline
 */
public final class Deadlines<T> {

  private final Vertx vertx;
  private final Consumer<T> due;
  private final TreeSet<Entry<T>> queue = new TreeSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private long added;
  private long timer = NO_TIMER;
  private long timerAt;
  private boolean closed;

  private static final long NO_TIMER = -1;

  /** One deadline, ordered by time, then by insertion. */
  public record Entry<T>(long at, long number, T subject) implements Comparable<Entry<T>> {

    /** Compares by difference, because the clock's value may overflow. */
    @Override
    public int compareTo(Entry<T> other) {
      int earlier = Long.signum(at - other.at);
      return earlier != 0 ? earlier : Long.compare(number, other.number);
    }
  }

  public Deadlines(Vertx vertx, Consumer<T> due) {
    this.vertx = vertx;
    this.due = due;
  }

  public Entry<T> add(Duration delay, T subject) {
    long at = System.nanoTime() + delay.toNanos();
    lock.lock();
    try {
      Entry<T> entry = new Entry<>(at, added++, subject);
      if (!closed) {
        queue.add(entry);
        arm();
      }
      return entry;
    } finally {
      lock.unlock();
    }
  }

  /** Cancels a deadline; without effect if it is firing at this moment. */
  public void cancel(Entry<T> entry) {
    lock.lock();
    try {
      queue.remove(entry);
    } finally {
      lock.unlock();
    }
  }

  public int size() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  public void close() {
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
    Entry<T> next = queue.isEmpty() ? null : queue.first();
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
      Entry<T> next = queue.isEmpty() ? null : queue.first();
      if (next == null || next.at - System.nanoTime() > 0) {
        arm();
        return null;
      }
      queue.remove(next);
      return next.subject;
    } finally {
      lock.unlock();
    }
  }
}
