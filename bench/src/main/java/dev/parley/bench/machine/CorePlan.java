package dev.parley.bench.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Assignment of cores. The server and the generator never share one.
 *
 * @param one the server's, where it has one
 * @param two the server's, where it has two; none if the machine has too few
 * @param load the generator's
 */
public record CorePlan(Cores one, Optional<Cores> two, Cores load) implements Placement {

  /** The generator needs not more; the others are left to the rest of the machine. */
  private static final int MOST_FOR_LOAD = 4;

  /**
   * Assigns cores: the server gets the first two, the generator the last ones.
   *
   * @throws IllegalArgumentException if there are not at least two
   */
  public static CorePlan of(Cores all) {
    if (all.count() < 2) {
      throw new IllegalArgumentException("the server and the generator need a core each");
    }
    boolean enoughForTwo = all.count() >= 4;
    int servers = enoughForTwo ? 2 : 1;
    int load = Math.min(MOST_FOR_LOAD, all.count() - servers);
    return new CorePlan(
        all.part(0, 1),
        enoughForTwo ? Optional.of(all.part(0, 2)) : Optional.empty(),
        all.part(all.count() - load, all.count()));
  }

  @Override
  public Map<String, String> cores() {
    Map<String, String> cores = new LinkedHashMap<>();
    cores.put("server", one.toString());
    two.ifPresent(both -> cores.put("serverTwo", both.toString()));
    cores.put("generator", load.toString());
    return cores;
  }

  @Override
  public String inWords() {
    return "Server on core %s%s, generator on %s".formatted(
        one, two.map(both -> " (two cores: " + both + ")").orElse(""), load);
  }
}
