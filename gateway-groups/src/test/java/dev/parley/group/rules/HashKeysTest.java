package dev.parley.group.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signal.PeerAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys chosen by clients, very many of them with colliding hashes. */
class HashKeysTest {

  private static final int MANY = 1 << 12;

  /** The most comparisons for one key among so many: somewhat more than the depth of a tree. */
  private static final int PER_KEY = 8 * 12;

  private static final List<String> IDS = sameHash(12);

  /** All strings with one hash that so many pairs of letters make. */
  private static List<String> sameHash(int pairs) {
    List<String> texts = List.of("");
    for (int i = 0; i < pairs; i++) {
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        longer.add(text + "Aa");
        longer.add(text + "BB");
      }
      texts = longer;
    }
    return texts;
  }

  /** Wraps a key with its hash, equality, and order, and counts calls of these. */
  private record Counted<K extends Comparable<K>>(K key, AtomicLong looks) {

    boolean isSame(Object other) {
      looks.incrementAndGet();
      return other instanceof Counted<?> that && key.equals(that.key);
    }
  }

  private record OrderedKey(Counted<?> counted) implements Comparable<OrderedKey> {

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // all keys of a table are of one type
    public int compareTo(OrderedKey that) {
      counted.looks.incrementAndGet();
      return ((Comparable) counted.key).compareTo(that.counted.key);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof OrderedKey that && counted.isSame(that.counted);
    }

    @Override
    public int hashCode() {
      return counted.key.hashCode();
    }
  }

  private record UnorderedKey(Counted<?> counted) {

    @Override
    public boolean equals(Object other) {
      return other instanceof UnorderedKey that && counted.isSame(that.counted);
    }

    @Override
    public int hashCode() {
      return counted.key.hashCode();
    }
  }

  static Stream<Named<List<? extends Comparable<?>>>> keys() {
    return Stream.of(
        Named.of("strings", IDS),
        Named.of("addresses", IDS.stream().map(id -> new PeerAddress("default", id)).toList()),
        Named.of("records", IDS.stream()
            .map(id -> new RecordKey("default", RecordKind.ROOM, id))
            .toList()));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenKeysOfOneHash_whenTheyAreCompared_thenTheirOrderAgreesWithTheirEquality(
      List<? extends Comparable<?>> keys) {
    assertThat(keys.stream().map(Object::hashCode).distinct()).hasSize(1);

    assertThat(new TreeSet<Object>(keys)).hasSize(MANY).containsAll(keys);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenKeysOfOneHash_whenAllAreKept_thenEachIsFoundInFewSteps(
      List<? extends Comparable<?>> keys) {
    assertThat(steps(keys, new HashMap<>(), OrderedKey::new)).isLessThan(MANY * PER_KEY);
    assertThat(steps(keys, new LinkedHashMap<>(), OrderedKey::new)).isLessThan(MANY * PER_KEY);
    assertThat(steps(keys, new ConcurrentHashMap<>(), OrderedKey::new)).isLessThan(MANY * PER_KEY);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void givenTheSameKeysWithoutAnOrder_whenAllAreKept_thenEachIsLookedForAmongAll(
      List<? extends Comparable<?>> keys) {
    assertThat(steps(keys, new HashMap<>(), UnorderedKey::new)).isGreaterThan(MANY * MANY / 4);
  }

  @Test
  void givenAddressesOfTwoRealms_whenTheyAreCompared_thenTheyDiffer() {
    PeerAddress one = new PeerAddress("one", "anna");
    PeerAddress two = new PeerAddress("two", "anna");

    assertThat(one).isNotEqualByComparingTo(two)
        .isEqualByComparingTo(new PeerAddress("one", "anna"));
    assertThat(new RecordKey("one", RecordKind.ROOM, "x"))
        .isNotEqualByComparingTo(new RecordKey("two", RecordKind.ROOM, "x"))
        .isNotEqualByComparingTo(new RecordKey("one", RecordKind.USER, "x"));
    assertThat(new HashSet<>(List.of(one, two))).hasSize(2);
  }

  /** Inserts all keys, then looks each up. */
  private static <K> long steps(
      List<? extends Comparable<?>> keys, Map<K, String> table, Function<Counted<?>, K> key) {
    AtomicLong looks = new AtomicLong();
    List<K> counted = new ArrayList<>();
    for (Comparable<?> each : keys) {
      counted.add(key.apply(counted(each, looks)));
    }
    counted.forEach(each -> table.put(each, ""));
    counted.forEach(each -> assertThat(table.containsKey(each)).isTrue());
    assertThat(table).hasSize(keys.size());
    return looks.get();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // a key compares to its own type
  private static Counted<?> counted(Comparable<?> key, AtomicLong looks) {
    return new Counted(key, looks);
  }
}
