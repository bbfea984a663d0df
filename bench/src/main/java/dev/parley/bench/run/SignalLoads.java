package dev.parley.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.load.LoadResult;
import dev.parley.bench.load.LoadShape;
import dev.parley.bench.load.Phase;
import dev.parley.bench.machine.ChildProcess;
import dev.parley.bench.machine.CpuTime;
import dev.parley.bench.machine.HostTime;
import dev.parley.bench.report.Setting;
import dev.parley.bench.report.SignalRun;
import dev.parley.bench.report.SignalRun.Situation;
import dev.parley.bench.server.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Has signals exchanged through a server, and measures what it takes for them. */
final class SignalLoads {

  private static final int LARGE_WINDOW = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern RESULT = Pattern.compile("^\\{.*}$");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LoadProcess load;
  private final Setting setting;

  SignalLoads(LoadProcess load, Setting setting) {
    this.load = load;
    this.setting = setting;
  }

  /**
   * Puts a server into a situation.
   *
   * @param cores how many it has
   * @param warmUpSeconds before it is measured
   */
  SignalRun run(Target target, int cores, Situation situation, double warmUpSeconds)
      throws IOException, InterruptedException {
    return run(target, cores, situation, warmUpSeconds, Witness.NONE);
  }

  /** As above, with an observer of other figures in the measured time. */
  SignalRun run(
      Target target, int cores, Situation situation, double warmUpSeconds, Witness witness)
      throws IOException, InterruptedException {
    LoadShape shape = shape(situation);
    try (ChildProcess generator = load.start(target, setting.connections(), shape,
        "--warm-up", seconds(warmUpSeconds), "--time", seconds(setting.seconds()))) {
      LoadProcess.await(generator, Phase.MEASURING, PATIENCE.plus(duration(warmUpSeconds)));
      Use begin = Use.now(target);
      witness.begin();
      LoadProcess.await(generator, Phase.MEASURED, PATIENCE.plus(duration(setting.seconds())));
      Use end = Use.now(target);
      witness.end();
      LoadResult result =
          JSON.readValue(generator.awaitLine(RESULT, PATIENCE).group(), LoadResult.class);
      if (result.delivered() == 0 && !result.faults().any()) {
        throw new IOException("no signal arrived in the measured time");
      }
      double coresUsed = end.coresSince(begin);
      return new SignalRun(situation, shape.toString(), cores,
          1e6 * coresUsed / result.perSecond(), end.cpu.minus(begin.cpu).kernelShare(),
          coresUsed / cores, end.host.stolenShareSince(begin.host), result);
    }
  }

  private LoadShape shape(Situation situation) {
    return switch (situation) {
      case WINDOW_8, TWO_CORES -> new LoadShape.Window(LARGE_WINDOW);
      case WINDOW_1 -> new LoadShape.Window(1);
      case OPEN_LOOP -> new LoadShape.Rate(setting.rate());
    };
  }

  static Duration duration(double seconds) {
    return Duration.ofMillis((long) (1000 * seconds));
  }

  static String seconds(double seconds) {
    return duration(seconds).toString();
  }

  /** The time of all cores that a server has used at a time. */
  private record Use(long nanos, CpuTime cpu, HostTime host) {
    static Use now(Target target) throws IOException {
      CpuTime cpu = target.cpu();
      return new Use(System.nanoTime(), cpu, HostTime.now());
    }

    double coresSince(Use earlier) {
      return (double) cpu.minus(earlier.cpu).total().toNanos() / (nanos - earlier.nanos);
    }
  }
}
