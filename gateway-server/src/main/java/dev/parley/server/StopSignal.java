package dev.parley.server;

import java.util.concurrent.CompletableFuture;

/** A request from outside the process to stop, such as SIGTERM. */
@FunctionalInterface
public interface StopSignal {
  /** Completes when the process is asked to stop. */
  CompletableFuture<Void> requested();
}
