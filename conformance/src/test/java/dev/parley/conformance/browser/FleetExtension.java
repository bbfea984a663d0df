package dev.parley.conformance.browser;

import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Spread;
import dev.parley.testkit.Spread.Gateways;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test its clients on gateways of the run that serve all dialects: a {@link Fleet} as
 * declared by the test class, or {@link Fleets} if the test itself chooses the spread.
 */
final class FleetExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(FleetExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> wanted = parameter.getParameter().getType();
    return wanted == Fleet.class || wanted == Fleets.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var run = context.getRoot().getStore(NAMESPACE);
    Fleets fleets = new Fleets(
        spread -> run.getOrComputeIfAbsent(spread, FleetExtension::start, Gateways.class),
        WindowsExtension.windows(context));
    if (parameter.getParameter().getType() == Fleets.class) {
      return fleets;
    }
    return fleets.over(context.getRequiredTestClass().getAnnotation(FleetTest.class).value());
  }

  private static Gateways start(Spread spread) {
    // Longer than usual: on a slow machine, too, a linkup client calls in time after its question.
    return spread.start(() -> GatewayFixture.gateway().dialect("peerjs")
        .dialect("linkup", Map.of("glareWait", "10s")).dialect("peerolator").dialect("calling"));
  }
}
