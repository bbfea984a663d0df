package dev.parley.dialect.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedMapTest {

  private final BoundedMap<String, Integer> map = new BoundedMap<>(2);

  @Test
  void givenAFullMap_whenAnotherEntryIsPut_thenTheEldestIsEvicted() {
    map.put("a", 1);
    map.put("b", 2);
    map.put("a", 3);
    map.put("c", 4);

    assertThat(map.values()).containsExactly(3, 4);
    assertThat(map.get("b")).isNull();
  }

  @Test
  void givenSeveralKeysThatMatch_whenTheLastIsSought_thenItIsTheYoungest() {
    map.put("ab", 1);
    map.put("aa", 2);

    assertThat(map.last(key -> key.startsWith("a"))).isEqualTo("aa");
    assertThat(map.last(key -> key.endsWith("b"))).isEqualTo("ab");
    assertThat(map.last(String::isEmpty)).isNull();
  }

  @Test
  void givenEntries_whenSomeAreRemoved_thenTheOthersStay() {
    map.put("a", 1);
    map.put("b", 2);
    map.removeIf("a"::equals);

    assertThat(map.remove("b")).isEqualTo(2);
    assertThat(map.isEmpty()).isTrue();
  }
}
