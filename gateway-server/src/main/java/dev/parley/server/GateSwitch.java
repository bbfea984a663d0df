package dev.parley.server;

import dev.parley.access.Bans;
import dev.parley.access.Gates;
import dev.parley.access.IdPolicies;
import dev.parley.config.ConfigurationException;
import dev.parley.server.config.ParleyOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gates and id policies of a running node, and their replacement by those of another configuration. Replaced
 * policies are closed when no client can wait for them any more. Thread-safe, but for
 * replacements, which come one after the other.
 */
final class GateSwitch {
  private final GateAssembly assembly;
  private final Vertx vertx;
  private final Gates gates;

  /** How long a client may wait for a decision. */
  private final Duration decision;

  /** Replaced, and not closed yet; each with the timer that closes it. */
  private final ConcurrentHashMap<AssembledGates, Long> replaced = new ConcurrentHashMap<>();

  private volatile AssembledGates current;

  /**
   * The gates of a configuration, which have not started.
   *
   * @param bans the bans of the node, which are no part of a configuration
   * @throws ConfigurationException if a policy refuses its options
   */
  GateSwitch(GateAssembly assembly, Vertx vertx, ParleyOptions options, Bans bans) {
    this.assembly = assembly;
    this.vertx = vertx;
    this.decision = options.limits().gate();
    this.current = assembly.assemble(options);
    this.gates =
        new Gates(
            current.table(), new IdPolicies(GateAssembly.ids(options)), bans,
            InstantSource.system());
  }

  /** Always those of the latest configuration. */
  Gates gates() {
    return gates;
  }

  /** Starts the policies. */
  Future<Void> start() {
    return current.start();
  }

  /**
   * Replaces all gates and id policies, once the new policies have started.
   *
   * @return failed with a {@link StartException} if one does not start; then nothing changes
   * @throws ConfigurationException if a policy refuses its options; likewise
   */
  Future<Void> replace(ParleyOptions options) {
    AssembledGates next = assembly.assemble(options);
    return next.start().onSuccess(started -> {
      AssembledGates before = current;
      current = next;
      var unused = gates.replace(next.table());
      gates.ids().replace(GateAssembly.ids(options));
      retire(before);
    });
  }

  private void retire(AssembledGates before) {
    replaced.computeIfAbsent(
        before,
        gone -> vertx.setTimer(
            decision.toMillis(),
            timer -> {
              if (replaced.remove(gone) != null) {
                var unused = gone.close();
              }
            }));
  }

  /** Closes all policies; never fails. */
  Future<Void> close() {
    List<Future<Void>> closed = new ArrayList<>();
    closed.add(current.close());
    for (AssembledGates before : List.copyOf(replaced.keySet())) {
      Long timer = replaced.remove(before);
      if (timer != null) {
        vertx.cancelTimer(timer);
        closed.add(before.close());
      }
    }
    return Future.join(closed).mapEmpty();
  }
}
