package dev.parley.cluster;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of a hub. Classes that are confined to it assert {@link #isCurrent} where they are
 * called. Thread-safe.
 */
final class HubLoop {

  private final Vertx vertx;
  private final Context context;
  private volatile @Nullable Thread thread;

  /** The event loop of the caller; a new one if the caller is on none. */
  HubLoop(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    // Tasks run in order, so every other task finds it set.
    context.runOnContext(run -> thread = Thread.currentThread());
  }

  /** Sets timers; one that is set on the loop fires there. */
  Vertx vertx() {
    return vertx;
  }

  /** Runs a task on the loop, after all earlier ones. */
  void run(Runnable task) {
    context.runOnContext(run -> task.run());
  }

  /** Whether the caller is a task of the loop. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }
}
