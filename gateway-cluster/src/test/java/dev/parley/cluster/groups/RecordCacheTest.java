package dev.parley.cluster.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.record.StoredRecord;
import dev.parley.group.rules.Change;
import dev.parley.group.rules.FieldGroup;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import dev.parley.group.rules.Value;
import dev.parley.signal.Bytes;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordCacheTest {

  private static final int BOUND = 1 << 20;
  private static final int STATUS = 16 << 10;
  private static final int ROOMS = 20;

  private final RecordCache cache = new RecordCache(BOUND);

  private static RecordKey room(int number) {
    return new RecordKey("default", RecordKind.ROOM, "r" + number);
  }

  private static StoredRecord empty(RecordKey key) {
    return new StoredRecord(key, "1", "", Map.of());
  }

  private void change(int number, String member, @Nullable Value value) {
    cache.changed(
        room(number), "1", List.of(new Change(room(number), FieldGroup.MEMBER, member, value)),
        "1");
  }

  private static Value member(int bytes) {
    // A view of a bigger message, as received from a client.
    Bytes status = new Bytes(new byte[2 * bytes], bytes / 2, bytes);
    return new Value.Member(0, status, Bytes.utf8("{}"), null);
  }

  private List<StoredRecord> kept() {
    return IntStream.range(0, ROOMS).boxed()
        .flatMap(i -> Stream.ofNullable(cache.get(room(i)))).toList();
  }

  /** The size of the arrays that the cache retains. */
  private long bytesKept() {
    return kept().stream().flatMap(room -> room.values(FieldGroup.MEMBER).values().stream())
        .mapToLong(each -> each.own().array().length).sum();
  }

  @Test
  void givenChangesThatAreBig_whenTheBoundIsReached_thenWhatIsKeptIsWithinIt() {
    for (int i = 0; i < ROOMS; i++) {
      cache.put(room(i), empty(room(i)));
    }

    for (int member = 0; member < 100; member++) {
      for (int i = 0; i < ROOMS; i++) {
        change(i, "m" + member, member(STATUS));
        assertThat(bytesKept()).isLessThanOrEqualTo(BOUND + 100L * STATUS);
        if (kept().size() > 1) {
          assertThat(bytesKept()).isLessThanOrEqualTo(BOUND);
          assertThat(cache.bytes()).isBetween(bytesKept(), (long) BOUND);
        }
      }
    }
  }

  @Test
  void givenAFieldThatChangesAgainAndAgain_whenWeighed_thenItWeighsWhatItIs() {
    cache.put(room(0), empty(room(0)));
    change(0, "m", member(STATUS));
    long once = cache.bytes();

    for (int i = 0; i < 10_000; i++) {
      change(0, "m", member(STATUS));
    }

    assertThat(cache.bytes()).isEqualTo(once);
    change(0, "m", null);
    assertThat(cache.bytes()).isLessThan(once - STATUS);
  }

  @Test
  void givenRecordsThatAreForgotten_whenNoneIsLeft_thenNothingIsCounted() {
    for (int i = 0; i < ROOMS; i++) {
      cache.put(room(i), empty(room(i)));
      change(i, "m", member(100));
      cache.counted(room(i),
          List.of(new Change(room(i), FieldGroup.COUNTER, "n", new Value.Count(1))));
    }

    for (int i = 0; i < ROOMS; i++) {
      cache.forget(room(i));
    }

    assertThat(cache.bytes()).isZero();
  }
}
