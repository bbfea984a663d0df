package dev.parley.bench.run;

import dev.parley.bench.report.Measurement;
import dev.parley.bench.server.Contender;
import java.io.IOException;
import java.util.List;

/** A part of a benchmark: one life of a server, and what is measured in it. */
public interface Part {

  /** What it is called in commands and messages. */
  String name();

  /**
   * Starts a server, measures it, and ends it.
   *
   * @throws IOException if it cannot be measured
   */
  List<Measurement> measure(Contender contender) throws IOException, InterruptedException;
}
