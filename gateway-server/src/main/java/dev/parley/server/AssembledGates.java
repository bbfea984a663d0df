package dev.parley.server;

import dev.parley.access.Gates;
import dev.parley.policy.Policy;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gates of one configuration, with the policies that are to be started and closed. */
final class AssembledGates {
  private static final Logger LOG = LoggerFactory.getLogger(AssembledGates.class);

  /** Time limit of the start of a policy, and of its end. */
  private static final long SECONDS = 20;

  private final Gates.Table table;
  private final List<Part> parts;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A policy.
   *
   * @param place its key in the configuration, such as {@code gate.0.jwt}
   */
  record Part(String place, Policy policy) {}

  AssembledGates(Gates.Table table, List<Part> parts) {
    this.table = table;
    this.parts = List.copyOf(parts);
  }

  Gates.Table table() {
    return table;
  }

  /**
   * Starts the policies, side by side.
   *
   * @return failed with a {@link StartException} if one of them fails; then all are closed
   */
  Future<Void> start() {
    List<Future<Void>> started =
        parts.stream()
            .map(
                part -> bounded(part, Policy::start)
                    .recover(
                        cause -> Future.failedFuture(
                            new StartException("policy " + part.place, cause))))
            .toList();
    return Future.join(started)
        .<Void>mapEmpty()
        .recover(failure -> close().transform(closed -> Future.failedFuture(failure)));
  }

  /** Closes the policies, the first time that it is called; never fails. */
  Future<Void> close() {
    return closed.compareAndSet(false, true) ? closeAll(parts) : Future.succeededFuture();
  }

  static Future<Void> closeAll(List<Part> parts) {
    List<Future<Void>> closed =
        parts.stream()
            .map(part -> bounded(part, Policy::close).otherwise(failure -> {
              LOG.warn("a policy cannot be closed: policy={} failure={}", part.place,
                  failure.getClass().getName());
              return null;
            }))
            .toList();
    return Future.join(closed).mapEmpty();
  }

  private static Future<Void> bounded(Part part, Function<Policy, Future<Void>> step) {
    try {
      return step.apply(part.policy).timeout(SECONDS, TimeUnit.SECONDS);
    } catch (RuntimeException defect) {
      return Future.failedFuture(defect);
    }
  }
}
