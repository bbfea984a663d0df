package dev.parley.hub.local;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
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
  /** A binary heap: there may be very many, and it takes one reference for each. */
  private final ArrayList<Entry<T>> queue = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private int added;
  private long timer = NO_TIMER;
  private long timerAt;
  private boolean closed;

  private static final long NO_TIMER = -1;
  private static final int NOWHERE = -1;

  /** What is due at the same time is called for so long before the thread does something else. */
  private static final long SLICE_NANOS = Duration.ofMillis(1).toNanos();

  /** One deadline, ordered by time, then by insertion. */
  public static final class Entry<T> {

    private final long at;
    private final int number;
    /** Index in the queue. */
    private int index = NOWHERE;
    private final T subject;

    private Entry(long at, int number, T subject) {
      this.at = at;
      this.number = number;
      this.subject = subject;
    }

    /** Compares by difference, because the clock's value and the number may overflow. */
    private boolean isBefore(Entry<T> other) {
      return at == other.at ? number - other.number < 0 : at - other.at < 0;
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
        moveUp(queue.size() - 1, entry);
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
      remove(entry);
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
    Entry<T> next = queue.isEmpty() ? null : queue.getFirst();
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
    long end = System.nanoTime() + SLICE_NANOS;
    for (T subject = takeDue(end); subject != null; subject = takeDue(end)) {
      due.accept(subject);
    }
  }

  private @Nullable T takeDue(long end) {
    lock.lock();
    try {
      Entry<T> next = queue.isEmpty() ? null : queue.getFirst();
      long now = System.nanoTime();
      if (next == null || next.at - now > 0 || end - now < 0) {
        arm();
        return null;
      }
      remove(next);
      return next.subject;
    } finally {
      lock.unlock();
    }
  }

  // ---- the heap

  private void remove(Entry<T> entry) {
    int index = entry.index;
    if (index == NOWHERE) {
      return;
    }
    entry.index = NOWHERE;
    Entry<T> last = queue.removeLast();
    if (last != entry) {
      moveDown(index, last);
      if (last.index == index) {
        moveUp(index, last);
      }
    }
  }

  private void moveUp(int from, Entry<T> entry) {
    int index = from;
    while (index > 0) {
      Entry<T> parent = queue.get((index - 1) / 2);
      if (!entry.isBefore(parent)) {
        break;
      }
      put(index, parent);
      index = (index - 1) / 2;
    }
    put(index, entry);
  }

  private void moveDown(int from, Entry<T> entry) {
    int index = from;
    for (int child = 2 * index + 1; child < queue.size(); child = 2 * index + 1) {
      if (child + 1 < queue.size() && queue.get(child + 1).isBefore(queue.get(child))) {
        child++;
      }
      Entry<T> earlier = queue.get(child);
      if (!earlier.isBefore(entry)) {
        break;
      }
      put(index, earlier);
      index = child;
    }
    put(index, entry);
  }

  private void put(int index, Entry<T> entry) {
    queue.set(index, entry);
    entry.index = index;
  }
}
