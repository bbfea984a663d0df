package dev.parley.bench.server;

import dev.parley.bench.machine.CpuTime;
import dev.parley.bench.wire.Protocol;
import java.io.IOException;
import java.util.List;

/** The target of load: a server, or several that are one to their clients. */
public interface Target {

  /** Where it listens on loopback; the two ends of a pair go to two of them, if there are more. */
  List<Integer> ports();

  /** What the first ends of pairs speak to it. */
  Protocol first();

  /** What the second ends of pairs speak to it. */
  Protocol second();

  /** The time that it has used of all cores. */
  CpuTime cpu() throws IOException;
}
