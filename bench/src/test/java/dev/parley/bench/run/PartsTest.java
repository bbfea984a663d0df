package dev.parley.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.bench.Main;
import dev.parley.bench.machine.CorePlan;
import dev.parley.bench.machine.Cores;
import dev.parley.bench.machine.Jvm;
import dev.parley.bench.machine.Launch;
import dev.parley.bench.report.BareScriptRun;
import dev.parley.bench.report.IdleRun;
import dev.parley.bench.report.Measurement;
import dev.parley.bench.report.PeersRun;
import dev.parley.bench.report.RedisRun;
import dev.parley.bench.report.RoomRun;
import dev.parley.bench.report.Setting;
import dev.parley.bench.report.SignalRun;
import dev.parley.bench.report.SignalRun.Situation;
import dev.parley.bench.report.StartRun;
import dev.parley.bench.server.Contender;
import dev.parley.bench.server.Contenders;
import dev.parley.bench.server.RunningServer;
import dev.parley.bench.wire.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Every part with a server and a generator that are processes, as short as can be. */
@Timeout(300)
@EnabledOnOs(value = OS.LINUX, disabledReason = "taskset and /proc")
class PartsTest {

  private static final Setting BRIEF = new Setting(1, 20, 100, 500, 0.1, 0.2, 1);
  private static final Jvm JVM = new Jvm(Main.class);

  @Test
  void givenARelay_whenEveryPartIsDone_thenEverythingIsMeasuredAndNothingIsWrong()
      throws Exception {
    Contender relay = new Contenders(Path.of(".."), JVM).own().stream()
        .filter(one -> one.name().equals(Contenders.RELAY)).findFirst().orElseThrow();

    for (Part part : parts()) {
      assertThat(part.measure(relay)).isNotEmpty().allSatisfy(PartsTest::isSound);
    }
  }

  @Test
  void givenARelayThatDoesWrong_whenMeasured_thenItsFaultsAreInTheMeasurements()
      throws Exception {
    CorePlan cores = CorePlan.of(Cores.allowed());
    try (RunningServer server = RunningServer.start(faulty("DUPLICATE"), cores.one())) {
      SignalRun run = new SignalLoads(new LoadProcess(JVM, cores.load()), BRIEF)
          .run(server, 1, Situation.WINDOW_8, 0);

      assertThat(run.load().faults().duplicated()).isPositive();
      assertThat(run.load().faults().lost()).isZero();
      assertThat(run.figures()).isEmpty();
    }
  }

  @Test
  void givenAServerThatEnds_whenMeasured_thenItsLastWordsAreTheFailure() {
    assertThatThrownBy(() -> parts().getFirst().measure(faulty("NO_SUCH_FAULT")))
        .isInstanceOf(IOException.class).hasMessageContaining("NO_SUCH_FAULT");
  }

  private static List<Part> parts() throws IOException {
    return Parts.on(CorePlan.of(Cores.allowed()), BRIEF, JVM);
  }

  private static Contender faulty(String fault) {
    Launch launch = new Jvm(FaultyRelay.class).launch(List.of(fault));
    return new Contender("faulty", launch, Pattern.compile("ready on port (\\d+)"),
        Protocol.RELAY, Protocol.RELAY, server -> {
        });
  }

  private static void isSound(Measurement measurement) {
    switch (measurement) {
      case StartRun start -> {
        assertThat(start.readiness().listeningMillis()).isPositive()
            .isLessThan(start.readiness().answeredMillis());
        assertThat(start.residentBytes()).isPositive().isLessThanOrEqualTo(start.peakBytes());
      }
      case SignalRun signals -> {
        assertThat(signals.load().faults().any()).isFalse();
        assertThat(signals.load().delivered()).isPositive();
        // The system counts in hundredths of a second, and so short a load may take less.
        assertThat(signals.cpuMicrosPerSignal()).isNotNegative();
        assertThat(signals.load().generatorLoad()).isNotNegative();
      }
      case IdleRun idle -> {
        assertThat(idle.connections()).isEqualTo(100);
        assertThat(idle.bytesBefore()).isPositive();
      }
      case RedisRun redis -> throw new AssertionError(redis);
      case BareScriptRun script -> throw new AssertionError(script);
      case PeersRun peers -> throw new AssertionError(peers);
      case RoomRun room -> throw new AssertionError(room);
    }
  }
}
