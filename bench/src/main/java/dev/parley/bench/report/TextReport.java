package dev.parley.bench.report;

import dev.parley.bench.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people. */
public final class TextReport {

  private final Report report;
  private final List<String> bases;

  /**
   * A text.
   *
   * @param bases the servers that the first one is compared with
   */
  public TextReport(Report report, List<String> bases) {
    this.report = report;
    this.bases = bases;
  }

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>(List.of(machine(), setting(), ""));
    lines.add(new Table(report.medians(), bases).toString());
    section(lines, "Read with care:", report.doubts());
    section(lines, "WRONG:", report.faults());
    section(lines, "FAILED:", report.failures());
    return String.join("\n", lines);
  }

  private static void section(List<String> lines, String title, List<String> entries) {
    if (!entries.isEmpty()) {
      lines.add("");
      lines.add(title);
      entries.forEach(entry -> lines.add("- " + entry));
    }
  }

  private String machine() {
    Machine machine = report.subject().machine();
    return "%d cores, %s, Java %s%s. %s.".formatted(
        machine.cores(), machine.system(), machine.java(),
        report.subject().commit().map(commit -> ", commit " + commit).orElse(""),
        report.subject().placement().inWords());
  }

  private String setting() {
    Setting setting = report.subject().setting();
    ClusterSetting cluster = report.subject().cluster();
    return String.format(Locale.ROOT,
        "%s %d clients, %.1f s for each load; open loop %d signals/s; %s.",
        setting.rounds() == 1 ? "One round." : "Medians of " + setting.rounds() + " rounds.",
        setting.connections(), setting.seconds(), setting.rate(),
        cluster == null ? setting.idleConnections() + " idle clients"
            : "%d idle peers; %d users join a room".formatted(cluster.peers(), cluster.joins()));
  }
}
