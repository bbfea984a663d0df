package dev.parley.policies.jwt;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Verifies signatures beside the event loops. A signature on an elliptic curve takes 0.2 to some
 * milliseconds, and who forges tokens can have as many verified as connections are accepted: here
 * they take half of the cores at most, and never the time of a loop. Thread-safe.
 */
final class VerificationWorkers {

  /** So many verifications may wait; further ones are refused. */
  static final int MAX_PENDING = 2_000;

  private static final String NAME = "parley-gate";

  private final WorkerExecutor workers;
  private final AtomicInteger pending = new AtomicInteger();

  VerificationWorkers(Vertx vertx) {
    // All policies of a node share the threads.
    workers = vertx.createSharedWorkerExecutor(
        NAME, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  /** Runs the work; empty if too much of it waits already. */
  <T> Optional<Future<T>> submit(Callable<T> work) {
    if (pending.incrementAndGet() > MAX_PENDING) {
      pending.decrementAndGet();
      return Optional.empty();
    }
    return Optional.of(workers.executeBlocking(work, false)
        .onComplete(done -> pending.decrementAndGet()));
  }

  Future<Void> close() {
    return workers.close();
  }
}
