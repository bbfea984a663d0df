package dev.parley.cluster.redis;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * An event loop, and whether the caller is on it. Every class that is confined to a loop asserts
 * {@link #isCurrent} where it is called from outside. Thread-safe.
 */
public final class LoopContext {

  private final Vertx vertx;
  private final Context context;
  private volatile @Nullable Thread thread;

  /** The event loop of the caller; one that Vert.x chooses if the caller is on none. */
  public LoopContext(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    if (Context.isOnEventLoopThread()) {
      thread = Thread.currentThread();
    } else {
      // Tasks run in order, so every later task finds it set.
      context.runOnContext(run -> thread = Thread.currentThread());
    }
  }

  /** Sets timers and opens connections; what is begun on the loop is completed there. */
  public Vertx vertx() {
    return vertx;
  }

  /** Runs a task on the loop, after all earlier ones. */
  public void run(Runnable task) {
    context.runOnContext(run -> task.run());
  }

  /** Whether the caller is a task of the loop. */
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }
}
