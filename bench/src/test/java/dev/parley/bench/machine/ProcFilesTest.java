package dev.parley.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcFilesTest {

  @Test
  void givenStatOfAProgramWithAnAwkwardName_whenRead_thenItsTimesAreThoseOfItAndItsChildren() {
    String stat = "4711 (a b) S) S 1 2 3 4 5 6 7 8 9 10 100 20 3 4 11 12 13 14";

    assertThat(ProcFiles.cpu(stat))
        .isEqualTo(new CpuTime(Duration.ofMillis(1030), Duration.ofMillis(240)));
  }

  @Test
  void givenStatus_whenRead_thenTheSizeIsInBytes() {
    List<String> status = List.of("Name:\tjava", "VmHWM:\t  200 kB", "VmRSS:\t  100 kB");

    assertThat(ProcFiles.bytes(status, "VmRSS")).isEqualTo(102_400);
    assertThat(ProcFiles.bytes(status, "VmHWM")).isEqualTo(204_800);
  }

  @Test
  void givenStatOfTheMachine_whenReadTwice_thenTheStolenShareIsThatOfTheTimeBetween() {
    HostTime earlier =
        ProcFiles.host("cpu  100 0 100 800 0 0 0 1000 50 0\ncpu0 1 1 1 1 1 1 1 1 1 1");
    HostTime later = ProcFiles.host("cpu  110 5 110 860 5 3 7 1100 55 0\ncpu0 1 1 1 1 1 1 1 1 1 1");

    assertThat(later.stolenShareSince(earlier)).isEqualTo(0.5);
    assertThat(later.stolenShareSince(later)).isZero();
  }

  @Test
  void givenSomethingElse_whenTheTimeOfTheMachineIsRead_thenThatIsSaid() {
    assertThatThrownBy(() -> ProcFiles.host("cpu0 1 1 1 1 1 1 1 1 1 1"))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("all cores");
  }

  @Test
  void givenStatusOfAProcessThatIsOnlyRemembered_whenRead_thenItHasEnded() {
    assertThat(ProcFiles.hasEnded(List.of("Name:\tsh", "State:\tZ (zombie)"))).isTrue();
    assertThat(ProcFiles.hasEnded(List.of("Name:\tsh", "State:\tR (running)"))).isTrue();
    assertThat(
        ProcFiles.hasEnded(List.of("Name:\tZ", "State:\tS (sleeping)", "VmRSS:\t8 kB")))
        .isFalse();
  }

  @Test
  void givenStatusOfAProcessThatHasEnded_whenRead_thenThatIsSaid() {
    assertThatThrownBy(() -> ProcFiles.bytes(List.of("Name:\tjava"), "VmRSS"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
