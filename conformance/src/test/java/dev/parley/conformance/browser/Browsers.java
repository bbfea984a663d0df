package dev.parley.conformance.browser;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * The platforms of all clients of a test run, started on first use: a few Chromiums, one Firefox,
 * and a process of Node for each package. A Chromium belongs to one test at a time, so that tests
 * can run side by side; its hand-over publishes its state to the next thread. All tests share the
 * others. Any thread.
 */
final class Browsers implements AutoCloseable {

  /** More of them would compete for processors. */
  private static final int MOST = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 3);

  private final Deque<Chromium> idle = new ArrayDeque<>();
  private final List<Chromium> all = new ArrayList<>();
  private final Object launching = new Object();
  private final Map<Platform, NodeProcess> nodes = new ConcurrentHashMap<>();
  private @Nullable Firefox firefox;
  private int lent;

  /** The one that all tests share. */
  Firefox firefox() {
    synchronized (launching) {
      if (firefox == null) {
        firefox = Firefox.launch();
      }
      return firefox;
    }
  }

  /** The process of Node with this package. */
  NodeProcess node(Platform platform) {
    return nodes.computeIfAbsent(platform, NodeProcess::start);
  }

  /** Waits until a Chromium is free for a test; the caller closes the lease. */
  Lease borrow() {
    Turn turn = new Turn();
    try {
      // Other tests, which need no browser, may use the thread meanwhile.
      ForkJoinPool.managedBlock(turn);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a browser", stopped);
    }
    return new Lease();
  }

  private Chromium idleOrNew() {
    synchronized (this) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    Chromium launched = Chromium.launch();
    synchronized (this) {
      all.add(launched);
    }
    return launched;
  }

  private synchronized void giveBack(@Nullable Chromium chromium) {
    if (chromium != null) {
      idle.push(chromium);
    }
    lent--;
    notifyAll();
  }

  @Override
  public void close() {
    synchronized (this) {
      all.forEach(Chromium::close);
    }
    nodes.values().forEach(NodeProcess::close);
    synchronized (launching) {
      if (firefox != null) {
        firefox.close();
      }
    }
  }

  /** A Chromium for one test, which need not use it. One thread. */
  final class Lease implements AutoCloseable {
    private @Nullable Chromium chromium;

    private Lease() {}

    /** The one. */
    Chromium chromium() {
      if (chromium == null) {
        chromium = idleOrNew();
      }
      return chromium;
    }

    /** Gives it back, when its windows are closed. */
    @Override
    public void close() {
      giveBack(chromium);
    }
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
