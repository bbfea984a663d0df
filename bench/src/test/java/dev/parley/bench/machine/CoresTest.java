package dev.parley.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoresTest {

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"0;0", "0-3;0,1,2,3", "\t0-1,4 ;0,1,4", "3,1,1;1,3"})
  void givenAListAsTheKernelWritesIt_whenParsed_thenItHasEachCoreOnce(String list, String cores) {
    assertThat(Cores.parse(list)).hasToString(cores);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1-", "3-1"})
  void givenSomethingElse_whenParsed_thenItIsRefused(String list) {
    assertThatThrownBy(() -> Cores.parse(list)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', nullValues = "-", value = {
    "0,1;0;-;1", "0-2;0;-;1,2", "0-3;0;0,1;2,3", "2,4,6,8,10;2;2,4;6,8,10",
    "0-31;0;0,1;28,29,30,31"})
  void givenCores_whenSharedOut_thenServerAndGeneratorHaveTheirOwn(
      String all, String one, String two, String load) {
    CorePlan plan = CorePlan.of(Cores.parse(all));

    assertThat(plan.one()).hasToString(one);
    assertThat(plan.two().map(Cores::toString).orElse(null)).isEqualTo(two);
    assertThat(plan.load()).hasToString(load);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "0,1;0;0;1", "0-2;0;1;2", "0-3;0;1,2;3", "2,4,6,8,10;2;4,6;8,10", "0-31;0;1,2;3,4"})
  void givenCores_whenSharedOutForClusters_thenRedisTheNodesAndTheGeneratorHaveTheirs(
      String all, String redis, String nodes, String load) {
    ClusterCores plan = ClusterCores.of(Cores.parse(all));

    assertThat(plan.cores()).isEqualTo(Map.of("redis", redis, "nodes", nodes, "generator", load));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "0;0;0;0", "0,1;0,1;0,1;0,1", "0-2;0,1,2;0,1,2;0,1,2", "0-3;0,1;2;3",
    "2,4,6,8,10;2,4;6;8"})
  void givenCores_whenSharedOutForAttacks_thenTheNodeHasTwoAndWhereThereAreFourTheOthersTheirs(
      String all, String node, String innocents, String attackers) {
    AttackCores plan = AttackCores.of(Cores.parse(all), Priority.LOWEST);

    assertThat(plan.cores()).isEqualTo(
        Map.of("node", node, "innocents", innocents, "attackers", attackers));
    assertThat(plan.inWords()).contains("cores " + node)
        .endsWith("; the attackers have the lowest priority, nice -n 19");
  }

  @Test
  void givenOneCore_whenSharedOut_thenThatIsRefused() {
    assertThatThrownBy(() -> CorePlan.of(Cores.parse("0")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ClusterCores.of(Cores.parse("0")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
