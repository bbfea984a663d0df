package dev.parley.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The frames that one connection has received, in order, with waits for more. Any thread. */
final class Journal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  /** Elements below {@code count} never change, so views of them can be shared. */
  private @Nullable Frame[] frames = new Frame[16];
  private int count;
  private @Nullable Frame end;

  /** The received frames, and the close frame if the connection is over. */
  record State(List<Frame> frames, @Nullable Frame end) {}

  void add(Frame frame) {
    lock.lock();
    try {
      if (count == frames.length) {
        frames = Arrays.copyOf(frames, 2 * count);
      }
      frames[count++] = frame;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The connection is over; only the first call counts. */
  void end(Frame close) {
    lock.lock();
    try {
      if (end == null) {
        end = close;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  State state() {
    lock.lock();
    try {
      return new State(Collections.unmodifiableList(Arrays.asList(frames).subList(0, count)), end);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there are more frames than that; false if the time is up before. */
  boolean awaitsMore(int than, long nanos) {
    long left = nanos;
    lock.lock();
    try {
      while (count <= than && left > 0) {
        left = changed.awaitNanos(left);
      }
      return count > than;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a frame", stopped);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until {@code sought} finds something.
   *
   * @param what for the failure message
   * @throws AssertionError if it does not in time
   */
  <T> T await(String what, Duration patience, Function<State, @Nullable T> sought) {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (true) {
        T found = sought.apply(state());
        if (found != null) {
          return found;
        }
        if (left <= 0) {
          throw new AssertionError("waited " + patience + " for " + what + ", got " + state());
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + what, stopped);
    } finally {
      lock.unlock();
    }
  }
}
