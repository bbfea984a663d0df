package dev.parley.conformance.browser;

import dev.parley.testkit.GatewayFixture;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test its clients on the one gateway of the run that serves all dialects. */
final class FleetExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(FleetExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Fleet.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    GatewayFixture gateway = context.getRoot().getStore(NAMESPACE)
        .getOrComputeIfAbsent(GatewayFixture.class, type -> start(), GatewayFixture.class);
    return new Fleet(gateway, WindowsExtension.windows(context));
  }

  private static GatewayFixture start() {
    // Longer than usual: on a slow machine, too, a linkup client calls in time after its question.
    return GatewayFixture.gateway().dialect("peerjs").dialect("linkup", Map.of("glareWait", "2s"))
        .dialect("peerolator").dialect("calling").start();
  }
}
