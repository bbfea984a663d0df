package dev.parley.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Medians and ratios as a table in Markdown that can be read as it is, too. */
public final class Table {

  private static final String NOTHING = "–";
  private static final int RATIO_DECIMALS = 2;

  private final Medians medians;
  private final List<String> bases;

  /**
   * A table.
   *
   * @param bases the servers that the first one is compared with
   */
  public Table(Medians medians, List<String> bases) {
    this.medians = medians;
    this.bases = bases;
  }

  @Override
  public String toString() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(head());
    for (Metric metric : Metric.values()) {
      if (medians.servers().stream().anyMatch(server -> medians.of(server, metric).isPresent())) {
        rows.add(row(metric));
      }
    }
    return layout(rows);
  }

  private List<String> head() {
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(medians.servers());
    compared().forEach(base -> head.add(first().orElseThrow() + " ÷ " + base));
    return head;
  }

  private List<String> row(Metric metric) {
    List<String> row = new ArrayList<>(List.of(metric.title()));
    for (String server : medians.servers()) {
      row.add(number(medians.of(server, metric), metric.decimals()));
    }
    for (String base : compared()) {
      row.add(number(medians.ratio(first().orElseThrow(), base, metric), RATIO_DECIMALS));
    }
    return row;
  }

  private Optional<String> first() {
    return medians.servers().stream().findFirst();
  }

  private List<String> compared() {
    return bases.stream()
        .filter(base -> medians.servers().contains(base) && !first().equals(Optional.of(base)))
        .toList();
  }

  private static String number(Optional<Double> value, int decimals) {
    return value.map(number -> String.format(Locale.ROOT, "%,." + decimals + "f", number))
        .orElse(NOTHING);
  }

  /** Lays rows out, the first of which is the head. */
  static String layout(List<List<String>> rows) {
    List<Integer> widths = IntStream.range(0, rows.getFirst().size())
        .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
        .boxed().toList();
    List<String> lines = new ArrayList<>(rows.stream().map(row -> line(row, widths)).toList());
    lines.add(1, ruler(widths));
    return String.join("\n", lines);
  }

  /** The first column begins on the left, the others end on the right. */
  private static String line(List<String> row, List<Integer> widths) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> String.format("%" + (i == 0 ? "-" : "") + Math.max(1, widths.get(i)) + "s",
            row.get(i)))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String ruler(List<Integer> widths) {
    return IntStream.range(0, widths.size())
        .mapToObj(i -> "-".repeat(widths.get(i) + 1) + (i == 0 ? "-" : ":"))
        .collect(Collectors.joining("|", "|", "|"));
  }
}
