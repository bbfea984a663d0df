package dev.parley.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmTest {

  private final Jvm jvm = new Jvm(JvmTest.class);

  @Test
  void givenAnyFlagsOfThisJvm_whenASteadyOneIsLaunched_thenItHasOneCollectorAndASmallHeap() {
    List<String> command = jvm.steady(List.of("argument")).command();

    assertThat(command).filteredOn(flag -> flag.matches("-XX:\\+Use\\w+GC"))
        .containsExactly("-XX:+UseSerialGC");
    assertThat(command).containsSubsequence("-Xms64m", "-Xmx64m", JvmTest.class.getName(),
        "argument");
  }

  @Test
  void givenAnyFlagsOfThisJvm_whenAnotherOneIsLaunched_thenItHasTheSame() {
    assertThat(jvm.launch(List.of()).command())
        .containsAll(
            ManagementFactory.getRuntimeMXBean().getInputArguments());
  }
}
