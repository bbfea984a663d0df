package dev.parley.peerolator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerolatorRecentTest {

  private final PeerolatorRecent<String, Integer> recent = new PeerolatorRecent<>(2);

  @Test
  void givenAFullOne_whenAnotherIsPut_thenTheOneThatWasPutFirstIsForgotten() {
    recent.put("a", 1);
    recent.put("b", 2);
    recent.put("a", 3);
    recent.put("c", 4);

    assertThat(recent.values()).containsExactly(3, 4);
    assertThat(recent.get("b")).isNull();
  }

  @Test
  void givenSeveralThatFit_whenTheLastIsSought_thenItIsTheOnePutLast() {
    recent.put("ab", 1);
    recent.put("aa", 2);

    assertThat(recent.last(key -> key.startsWith("a"))).isEqualTo("aa");
    assertThat(recent.last(key -> key.endsWith("b"))).isEqualTo("ab");
    assertThat(recent.last(String::isEmpty)).isNull();
  }

  @Test
  void givenEntries_whenSomeAreRemoved_thenTheOthersStay() {
    recent.put("a", 1);
    recent.put("b", 2);
    recent.removeIf("a"::equals);

    assertThat(recent.remove("b")).isEqualTo(2);
    assertThat(recent.isEmpty()).isTrue();
  }
}
