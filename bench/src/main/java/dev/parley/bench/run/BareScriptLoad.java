package dev.parley.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.cluster.ClusterPrograms;
import dev.parley.bench.load.Phase;
import dev.parley.bench.machine.ChildProcess;
import dev.parley.bench.machine.ClusterCores;
import dev.parley.bench.redis.BareScriptCommand;
import dev.parley.bench.redis.RedisProcess;
import dev.parley.bench.report.BareScriptRun;
import dev.parley.bench.report.Measurement;
import dev.parley.bench.report.Setting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The bare script in a Redis of its own, on the core that the Redis of clusters has. */
final class BareScriptLoad {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern RESULT = Pattern.compile("^\\{.*}$");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ClusterPrograms programs;
  private final ClusterCores cores;
  private final Setting setting;

  BareScriptLoad(ClusterPrograms programs, ClusterCores cores, Setting setting) {
    this.programs = programs;
    this.cores = cores;
    this.setting = setting;
  }

  List<Measurement> measure() throws IOException, InterruptedException {
    try (RedisProcess redis = RedisProcess.start(programs.redisServer(), cores.redis());
        ChildProcess script = start(redis)) {
      RedisWitness witness = new RedisWitness(redis);
      LoadProcess.await(script, Phase.MEASURING,
          PATIENCE.plus(SignalLoads.duration(setting.warmUpSeconds())));
      witness.begin();
      LoadProcess.await(script, Phase.MEASURED,
          PATIENCE.plus(SignalLoads.duration(setting.seconds())));
      witness.end();
      BareScriptCommand.Result result = JSON.readValue(
          script.awaitLine(RESULT, PATIENCE).group(), BareScriptCommand.Result.class);
      if (result.delivered() == 0) {
        throw new IOException("no signal arrived in the measured time");
      }
      double perSecond = result.delivered() / result.seconds();
      return List.of(new BareScriptRun(
          result.sent(), perSecond, witness.use(perSecond), result.faults()));
    }
  }

  private ChildProcess start(RedisProcess redis) throws IOException {
    return ChildProcess.start("the script",
        programs.jvm().launch(List.of(BareScriptCommand.NAME,
            "--port", Integer.toString(redis.port()),
            "--warm-up", SignalLoads.seconds(setting.warmUpSeconds() / 2),
            "--time", SignalLoads.seconds(setting.seconds()))),
        // It is at work in their place.
        cores.nodes());
  }
}
