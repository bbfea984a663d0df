package dev.parley.bench.report;

import dev.parley.bench.attack.AttackResult;
import dev.parley.bench.load.Faults;
import dev.parley.bench.load.Innocents;
import dev.parley.bench.load.Innocents.PhaseLatency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An attack, and its cost.
 *
 * @param attack its outcome
 * @param innocents the results of the innocents
 * @param use the cost for the node
 */
public record AttackRow(AttackResult attack, Innocents.Result innocents, Use use) {

  /** Phases of the innocents. */
  public static final String QUIET = "quiet";

  /** While they are attacked. */
  public static final String DURING = "during";

  /** When the attackers are gone. */
  public static final String AFTER = "after";

  /** How much slower signals may be. */
  private static final double MOST_TIMES_QUIET = 10;

  /** An idle machine may have unrealistically low latencies, which are no baseline. */
  private static final double QUIET_MICROS = 1_000;

  /** How much of the memory may not come back. */
  private static final double MOST_TIMES_BEFORE = 1.2;

  /** A quiet node needs a tenth of that. */
  private static final double BUSY_MICROS = 20_000;

  private static final double MEGABYTE = 1e6;
  private static final double MILLI = 1e3;

  /**
   * The cost for the node.
   *
   * @param cpuSeconds of all cores, in the time of the attack
   * @param before resident bytes, after a collection
   * @param peak the most resident bytes during it
   * @param after resident bytes, after a collection
   * @param logLines lines that it wrote
   */
  public record Use(double cpuSeconds, long before, long peak, long after, long logLines) {}

  /** The latencies of a phase. */
  public PhaseLatency phase(String name) {
    return innocents.phases().stream().filter(phase -> phase.name().equals(name)).findFirst()
        .orElseGet(() -> new PhaseLatency(name, 0, 0, 0, 0, 0));
  }

  /**
   * The failed expectations; empty if none.
   *
   * @param thorough judges times, memory and victims, too
   */
  public List<String> complaints(boolean thorough) {
    List<String> complaints = new ArrayList<>();
    Faults faults = innocents.faults();
    if (faults.lost() > 0) {
      complaints.add(number(faults.lost()) + " lost");
    }
    long spoiled = faults.duplicated() + faults.outOfOrder() + faults.altered();
    if (spoiled > 0) {
      complaints.add(number(spoiled) + " repeated or altered");
    }
    complaints.addAll(innocents.failures());
    if (thorough) {
      complainOf(DURING, "p99", complaints);
      complainOf(AFTER, "p99 after", complaints);
      if (isMemoryKept(use.before, use.after, attack.left())) {
        complaints.add(
            "memory × %.2f".formatted((double) (use.after - attack.left()) / use.before));
      }
      attack.harm().forEach((what, count) -> complaints.add(count + " × " + what));
    }
    return complaints;
  }

  private void complainOf(String phase, String what, List<String> complaints) {
    double ratio = phase(phase).p99Micros() / Math.max(QUIET_MICROS, phase(QUIET).p99Micros());
    if (ratio > MOST_TIMES_QUIET) {
      complaints.add("%s × %,.0f".formatted(what, ratio));
    }
  }

  /**
   * Whether memory has not come back.
   *
   * @param left how much of it may stay for a while, see {@link AttackResult#left}
   */
  public static boolean isMemoryKept(long before, long after, long left) {
    return after - left > MOST_TIMES_BEFORE * before;
  }

  /** The machine was not idle when it should have been. */
  boolean wasDisturbed() {
    return phase(QUIET).p99Micros() > BUSY_MICROS;
  }

  static List<String> headOfCosts() {
    return List.of("attack", "p50 / p99 quiet, ms", "during", "after", "lost, late", "CPU",
        "MB before, peak, after", "holds");
  }

  List<String> costs(boolean thorough) {
    List<String> complaints = complaints(thorough);
    return List.of(attack.attack(), times(QUIET), times(DURING), times(AFTER),
        "%s, %s".formatted(number(innocents.faults().lost()),
            number(innocents.phases().stream().mapToLong(PhaseLatency::late).sum())),
        "%.1f of %.1f s".formatted(use.cpuSeconds, attack.seconds()),
        memory(),
        complaints.isEmpty() ? "yes" : "no: " + String.join(", ", complaints));
  }

  private String memory() {
    String all = "%,.0f, %,.0f, %,.0f".formatted(
        use.before / MEGABYTE, use.peak / MEGABYTE, use.after / MEGABYTE);
    return attack.left() < MEGABYTE ? all
        : all + " (%,.0f stay)".formatted(attack.left() / MEGABYTE);
  }

  static List<String> headOfDeeds() {
    return List.of("attack", "sent", "got", "log lines");
  }

  List<String> deeds() {
    return List.of(attack.attack(), sent(), got(), number(use.logLines));
  }

  private String sent() {
    return "%s; %s frames, %,.1f MB".formatted(
        counts(attack.did()), number(attack.frames()), attack.bytesSent() / MEGABYTE);
  }

  private String got() {
    String back = "%,.1f MB".formatted(attack.bytesReceived() / MEGABYTE);
    return attack.got().isEmpty() ? back : back + "; " + counts(attack.got());
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream().map(each -> number(each.getValue()) + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  private String times(String name) {
    PhaseLatency phase = phase(name);
    return phase.arrived() == 0 ? "–"
        : "%,.1f / %,.1f".formatted(phase.p50Micros() / MILLI, phase.p99Micros() / MILLI);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
