package dev.parley.bench.run;

import dev.parley.bench.report.Measurement;
import dev.parley.bench.server.Contender;
import java.io.IOException;
import java.util.List;

/**
 * One part of a benchmark with one server.
 *
 * @param part what the part is called in commands and messages
 * @param server what the server is called there and in the table
 * @param work starts, measures and ends it
 */
public record Trial(String part, String server, Work work) {

  /** What is done. */
  @FunctionalInterface
  public interface Work {

    /**
     * Does it.
     *
     * @throws IOException if it cannot be measured
     */
    List<Measurement> measure() throws IOException, InterruptedException;
  }

  /** Every part with every server: all servers take turns in a part before the next one begins. */
  public static List<Trial> each(List<Contender> contenders, List<Part> parts) {
    return parts.stream()
        .flatMap(part -> contenders.stream().map(contender -> new Trial(part.name(),
            contender.name(), () -> part.measure(contender))))
        .toList();
  }

  List<Measurement> measure() throws IOException, InterruptedException {
    return work.measure();
  }
}
