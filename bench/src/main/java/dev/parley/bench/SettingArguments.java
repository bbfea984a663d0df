package dev.parley.bench;

import dev.parley.bench.report.AttackSetting;
import dev.parley.bench.report.Setting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments for the extent of measurements. Defaults depend on {@code --quick}. */
final class SettingArguments {

  private static final Setting THOROUGH = new Setting(3, 200, 10_000, 5000, 12, 5, 3);
  private static final Setting QUICK = new Setting(1, 50, 500, 2000, 0.5, 0.5, 1);

  @Option(names = "--quick",
      description = "One short round, to see that all works.") private boolean quick;

  @Option(names = "--rounds",
      description = "How often; medians count. Default: 3.")
  @Nullable Integer rounds;

  @Option(names = "--connections",
      description = "Clients that exchange signals. Default: 200.")
  @Nullable Integer connections;

  @Option(names = "--idle",
      description = "Clients that say nothing. Default: 10000.")
  @Nullable Integer idle;

  @Option(names = "--rate",
      description = "Signals in a second in the open loop. Default: 5000.")
  @Nullable Integer rate;

  @Option(names = "--warm-up", paramLabel = "<seconds>",
      description = "Under load before a server is measured. Default: 12 seconds.")
  @Nullable Double warmUp;

  @Option(names = "--seconds",
      description = "How long each load is measured. Default: 5.")
  @Nullable Double seconds;

  @Option(names = "--tries",
      description = "How often a load is measured until the server had its cores. Default: 3.")
  @Nullable Integer tries;

  boolean isQuick() {
    return quick;
  }

  AttackSetting attackSetting() {
    AttackSetting base = AttackSetting.of(quick);
    return seconds == null ? base : base.lasting(seconds);
  }

  Setting setting() {
    Setting base = quick ? QUICK : THOROUGH;
    return new Setting(
        rounds == null ? base.rounds() : rounds,
        connections == null ? base.connections() : connections,
        idle == null ? base.idleConnections() : idle,
        rate == null ? base.rate() : rate,
        warmUp == null ? base.warmUpSeconds() : warmUp,
        seconds == null ? base.seconds() : seconds,
        tries == null ? base.tries() : tries);
  }
}
