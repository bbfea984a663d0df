package dev.parley.bench.run;

import dev.parley.bench.load.LoadCommand;
import dev.parley.bench.load.LoadShape;
import dev.parley.bench.load.Phase;
import dev.parley.bench.machine.ChildProcess;
import dev.parley.bench.machine.Cores;
import dev.parley.bench.machine.Jvm;
import dev.parley.bench.server.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Starts the generator as a process of its own, on cores of its own. */
final class LoadProcess {

  private final Jvm jvm;
  private final Cores cores;

  LoadProcess(Jvm jvm, Cores cores) {
    this.jvm = jvm;
    this.cores = cores;
  }

  /** How ports are written on command lines. */
  static String ports(List<Integer> ports) {
    return ports.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Starts to put load on a server. */
  ChildProcess start(Target target, int connections, LoadShape shape, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(LoadCommand.NAME,
        "--port", ports(target.ports()),
        "--first", target.first().name(),
        "--second", target.second().name(),
        "--connections", Integer.toString(connections),
        "--shape", shape.toString()));
    arguments.addAll(List.of(more));
    return ChildProcess.start("the generator", jvm.launch(arguments), cores);
  }

  /** Waits until the generator has come so far. */
  static void await(ChildProcess generator, Phase phase, Duration patience)
      throws IOException, InterruptedException {
    var unused = generator.awaitLine(Pattern.compile("^" + phase + "$"), patience);
  }
}
