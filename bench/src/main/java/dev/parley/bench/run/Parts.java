package dev.parley.bench.run;

import dev.parley.bench.machine.CorePlan;
import dev.parley.bench.machine.Jvm;
import dev.parley.bench.report.Setting;
import java.util.ArrayList;
import java.util.List;

/** The parts of a benchmark. */
public final class Parts {

  private Parts() {}

  /** Those that a machine has enough cores for. */
  public static List<Part> on(CorePlan cores, Setting setting, Jvm jvm) {
    LoadProcess load = new LoadProcess(jvm, cores.load());
    SignalLoads signals = new SignalLoads(load, setting);
    List<Part> parts = new ArrayList<>();
    parts.add(new OneCore(cores, signals, setting));
    parts.add(new IdleClients(cores, load, setting));
    cores.two().ifPresent(two -> parts.add(new TwoCores(two, signals, setting)));
    return parts;
  }
}
