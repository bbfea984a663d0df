package dev.parley.conformance.browser;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

/**
 * The few browsers of a test run. Each belongs to one test at a time, so that tests can run side by
 * side; what one thread did with it is known to the next. Any thread.
 */
final class Browsers implements AutoCloseable {

  /** More of them take each other's processors away. */
  private static final int MOST = 3;

  private final Deque<Chromium> idle = new ArrayDeque<>();
  private final List<Chromium> all = new ArrayList<>();
  private int lent;

  /** Waits for one that nobody uses; whoever gets it gives it back. */
  Chromium borrow() {
    Turn turn = new Turn();
    try {
      // Other tests, which need no browser, may use the thread meanwhile.
      ForkJoinPool.managedBlock(turn);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a browser", stopped);
    }
    return idleOrNew();
  }

  private Chromium idleOrNew() {
    synchronized (this) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    try {
      Chromium launched = Chromium.launch();
      synchronized (this) {
        all.add(launched);
      }
      return launched;
    } catch (RuntimeException failed) {
      release();
      throw failed;
    }
  }

  /** Takes one back whose windows are closed. */
  synchronized void giveBack(Chromium chromium) {
    idle.push(chromium);
    release();
  }

  private synchronized void release() {
    lent--;
    notifyAll();
  }

  @Override
  public synchronized void close() {
    all.forEach(Chromium::close);
  }

  /** The right to one of them. */
  private final class Turn implements ForkJoinPool.ManagedBlocker {

    private boolean granted;

    @Override
    public boolean isReleasable() {
      synchronized (Browsers.this) {
        if (!granted && lent < MOST) {
          lent++;
          granted = true;
        }
        return granted;
      }
    }

    @Override
    public boolean block() throws InterruptedException {
      synchronized (Browsers.this) {
        while (!isReleasable()) {
          Browsers.this.wait();
        }
        return true;
      }
    }
  }
}
