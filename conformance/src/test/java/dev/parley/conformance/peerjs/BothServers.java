package dev.parley.conformance.peerjs;

import dev.parley.conformance.differential.Differential;
import dev.parley.conformance.differential.NpmServer;
import dev.parley.conformance.differential.ParleyServer;
import dev.parley.conformance.differential.Server;
import dev.parley.net.limits.Limits;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Settling;
import dev.parley.testkit.Spread;
import dev.parley.testkit.record.Records;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The servers that are compared with the original: Parley, and Parley on three nodes, to which the
 * clients of a scene connect round-robin. Provides the shared {@link Differential} of the test run
 * for each, and stops their servers at the end.
 */
final class BothServers implements ArgumentsProvider {

  @Override
  public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters,
      ExtensionContext context) {
    return Stream.of(
        Arguments.argumentSet("with Parley", servers(context, Spread.ONE_NODE)),
        Arguments.argumentSet("with Parley on three nodes", servers(context, Spread.THREE_NODES)));
  }

  private static Differential<?> servers(ExtensionContext context, Spread spread) {
    return context
        .getRoot()
        .getStore(Namespace.create(BothServers.class))
        .getOrComputeIfAbsent(spread,
            any -> new Differential<>(new Differential.Make<>(ServerOptions.SHARED,
                BothServers::original, options -> parley(spread, options), Settling.BY_PINGS)),
            Differential.class);
  }

  /** The npm package {@code peer}. */
  private static Server original(ServerOptions options) {
    Map<String, Object> all = options.common();
    all.put("path", options.path());
    if (!options.origins().isEmpty()) {
      all.put("corsOptions", Map.of("origin", options.origins()));
    }
    return NpmServer.start("the original", "peer", "peer-server.mjs", all);
  }

  private static Server parley(Spread spread, ServerOptions options) {
    Map<String, Object> all = options.common();
    all.put("liveness", options.liveness());
    if (!options.origins().isEmpty()) {
      all.put("cors", options.origins());
    }
    // The limit is per node, so its scenes are played on one node.
    boolean limited = options.concurrentLimit() != ServerOptions.SHARED.concurrentLimit();
    return new ParleyServer((limited ? Spread.ONE_NODE : spread).start(
        () -> GatewayFixture.gateway().dialect("peerjs", options.path(), all)
            .limits(Records.with(Limits.DEFAULT, "hold", hold(options)))));
  }

  /** The original releases the id of a timed-out client at once. */
  private static Duration hold(ServerOptions options) {
    return options.aliveTimeout() == ServerOptions.SHARED.aliveTimeout()
        ? Limits.DEFAULT.hold()
        : Duration.ZERO;
  }
}
