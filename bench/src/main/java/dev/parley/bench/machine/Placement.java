package dev.parley.bench.machine;

import java.util.Map;

/** The assignment of cores. */
public interface Placement {

  /** The cores of each part of a benchmark, by its name. */
  Map<String, String> cores();

  /** The same as a sentence without its full stop. */
  String inWords();
}
