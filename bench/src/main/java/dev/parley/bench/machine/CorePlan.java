package dev.parley.bench.machine;

import java.util.Optional;

/**
 * Which cores are whose. The server and the generator never share one.
 *
 * @param one the server's, where it has one
 * @param two the server's, where it has two; none if the machine has too few
 * @param load the generator's
 */
public record CorePlan(Cores one, Optional<Cores> two, Cores load) {

  /** The generator needs not more; the others are left to the rest of the machine. */
  private static final int MOST_FOR_LOAD = 4;

  /**
   * Shares cores out: the server gets the first two, the generator the last ones.
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
}
