package dev.parley.server;

import java.util.concurrent.CompletableFuture;

/** Requests from outside the process: to stop, such as SIGTERM, and to read its configuration. */
@FunctionalInterface
public interface StopSignal {
  /** Completes when the process is asked to stop. */
  CompletableFuture<Void> requested();

  /**
   * Has the configuration read again on each request to do so, such as SIGHUP.
   *
   * @param reload may block; must be safe to run on several threads
   */
  default void onReload(Runnable reload) {}
}
