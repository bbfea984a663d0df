package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Random steps, played on two servers. Steps with a {@link DecidedDifference} are left out. If the
 * servers differ in the rest, the steps are shrunk to those that the difference needs.
 */
final class RandomRun {

  private static final int ATTEMPTS = 400;

  private final Function<StepScene, Comparison> servers;

  /** What plays a scene on two servers. */
  RandomRun(Function<StepScene, Comparison> servers) {
    this.servers = servers;
  }

  /**
   * A difference that was found.
   *
   * @param steps a minimal sequence that shows it
   * @param comparison how these went
   */
  record Difference(List<Step> steps, Comparison comparison) {

    /** Fails, with steps and transcripts. */
    void isFailure(long seed, int of) {
      String minimal = steps.stream().map(step -> "  " + step + "\n")
          .collect(Collectors.joining("", "Seed " + seed + ", minimal reproduction ("
              + steps.size() + " of " + of + " steps):\n", ""));
      try {
        comparison.mustAgree();
      } catch (AssertionError difference) {
        throw new AssertionError(minimal + difference.getMessage(), difference);
      }
      throw new AssertionError(minimal + "These steps agreed when they were played again.");
    }
  }

  /** The comparison of a sequence of steps; empty if it was skipped. */
  private Optional<Comparison> compare(List<Step> steps) {
    StepScene scene = new StepScene(steps);
    Comparison comparison = servers.apply(scene);
    return scene.differing().isEmpty() ? Optional.of(comparison) : Optional.empty();
  }

  /** Plays the steps, and looks for a difference. */
  Optional<Difference> play(List<Step> drawn) {
    List<Step> steps = drawn;
    while (true) {
      StepScene scene = new StepScene(steps);
      Comparison comparison = servers.apply(scene);
      if (scene.differing().isEmpty()) {
        return comparison.agrees() ? Optional.empty() : Optional.of(smallest(steps));
      }
      List<Step> rest = new ArrayList<>(steps);
      rest.removeAll(scene.differing());
      steps = rest;
    }
  }

  private Difference smallest(List<Step> steps) {
    List<Step> smallest = new Shrinker<Step>(
        some -> compare(some).filter(comparison -> !comparison.agrees()).isPresent(), ATTEMPTS)
        .shrink(steps);
    return new Difference(smallest, servers.apply(new StepScene(smallest)));
  }
}
