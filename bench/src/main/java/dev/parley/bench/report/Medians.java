package dev.parley.bench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The median of several rounds, for each server and metric. */
public final class Medians {

  private final Map<String, Map<Metric, Double>> byServer;

  private Medians(Map<String, Map<Metric, Double>> byServer) {
    this.byServer = byServer;
  }

  /** Those of some runs; the servers in the order in which they first come. */
  public static Medians of(List<Run> runs) {
    Map<String, Map<Metric, List<Double>>> values = new LinkedHashMap<>();
    for (Run run : runs) {
      var ofServer =
          values.computeIfAbsent(run.server(), name -> new EnumMap<>(Metric.class));
      run.measurement().figures().forEach((metric, value) -> ofServer
          .computeIfAbsent(metric, any -> new ArrayList<>()).add(value));
    }
    Map<String, Map<Metric, Double>> medians = new LinkedHashMap<>();
    values.forEach((server, ofServer) -> medians.put(server, medians(ofServer)));
    return new Medians(medians);
  }

  private static Map<Metric, Double> medians(Map<Metric, List<Double>> values) {
    Map<Metric, Double> medians = new EnumMap<>(Metric.class);
    values.forEach((metric, all) -> medians.put(metric, median(all)));
    Double one = medians.get(Metric.RATE_WINDOW_8);
    Double two = medians.get(Metric.RATE_TWO_CORES);
    if (one != null && two != null) {
      medians.put(Metric.GAIN_TWO_CORES, two / one);
    }
    return medians;
  }

  private static double median(Collection<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The servers with results. */
  public Set<String> servers() {
    return byServer.keySet();
  }

  /** The median, if it was measured. */
  public Optional<Double> of(String server, Metric metric) {
    return Optional.ofNullable(byServer.getOrDefault(server, Map.of()).get(metric));
  }

  /** A server's median by another one's, if both were measured and can be compared. */
  public Optional<Double> ratio(String server, String base, Metric metric) {
    return of(server, metric).filter(value -> metric.isComparable())
        .flatMap(value -> of(base, metric).filter(by -> by != 0).map(by -> value / by));
  }

  /** All of them. */
  public Map<String, Map<Metric, Double>> all() {
    return byServer;
  }

  /** All ratios of all servers to one of them. */
  public Map<String, Map<Metric, Double>> ratiosTo(String base) {
    return byServer.keySet().stream().filter(server -> !server.equals(base))
        .collect(Collectors.toMap(server -> server, server -> ratios(server, base),
            (one, other) -> one, LinkedHashMap::new));
  }

  private Map<Metric, Double> ratios(String server, String base) {
    Map<Metric, Double> ratios = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      ratio(server, base, metric).ifPresent(ratio -> ratios.put(metric, ratio));
    }
    return ratios;
  }
}
