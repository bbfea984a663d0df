package dev.parley.conformance.peerjs;

import dev.parley.conformance.differential.Differential;
import dev.parley.conformance.differential.NpmServer;
import dev.parley.conformance.differential.ParleyServer;
import dev.parley.conformance.differential.Server;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Settling;
import dev.parley.testkit.Spread;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Differential} of the test run, and stops its servers at the end. */
final class BothServers implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Differential.class;
  }

  @Override
  public Differential<?> resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(BothServers.class))
        .getOrComputeIfAbsent(Differential.class, any -> servers(), Differential.class);
  }

  private static Differential<ServerOptions> servers() {
    return new Differential<>(new Differential.Make<>(ServerOptions.SHARED, BothServers::original,
        BothServers::parley, Settling.BY_PINGS));
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

  private static Server parley(ServerOptions options) {
    Map<String, Object> all = options.common();
    if (!options.origins().isEmpty()) {
      all.put("cors", options.origins());
    }
    return new ParleyServer(Spread.ONE_NODE.start(
        () -> GatewayFixture.gateway().dialect("peerjs", options.path(), all)));
  }
}
