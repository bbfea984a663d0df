package dev.parley.conformance.browser;

import dev.parley.testkit.Spread;
import dev.parley.testkit.Spread.Gateways;
import java.util.function.Function;

/** For a test whose clients are on one node or on several, and see no difference. */
final class Fleets {
  private final Function<Spread, Gateways> gateways;
  private final Windows windows;

  Fleets(Function<Spread, Gateways> gateways, Windows windows) {
    this.gateways = gateways;
    this.windows = windows;
  }

  /** A fleet whose clients are spread like that. */
  Fleet over(Spread spread) {
    return new Fleet(gateways.apply(spread), windows);
  }
}
