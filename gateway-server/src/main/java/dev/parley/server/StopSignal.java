package dev.parley.server;

import java.util.concurrent.CompletableFuture;

/** The wish of somebody outside that the process ends. */
@FunctionalInterface
public interface StopSignal {
  /** Completes when the process is asked to stop. */
  CompletableFuture<Void> requested();
}
