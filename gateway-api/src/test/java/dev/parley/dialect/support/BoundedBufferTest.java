package dev.parley.dialect.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.Reserve;
import org.junit.jupiter.api.Test;

class BoundedBufferTest {

  /** A node that has memory for 100 bytes. */
  private final Reserve node = BoundedBuffer.sharedBy(100, Reserve.UNBOUNDED);

  @Test
  void givenALimitOfEntries_whenMoreAreAdded_thenTheyAreRefusedUntilTheOthersAreTaken() {
    BoundedBuffer<String> buffer = new BoundedBuffer<>(2, 100, node);

    assertThat(buffer.add("a", 1)).isTrue();
    assertThat(buffer.add("b", 1)).isTrue();
    assertThat(buffer.add("c", 1)).isFalse();
    assertThat(buffer.take()).containsExactly("a", "b");
    assertThat(buffer.add("c", 1)).isTrue();
  }

  @Test
  void givenALimitOfBytes_whenAnEntryDoesNotFit_thenASmallerOneStillDoes() {
    BoundedBuffer<String> buffer = new BoundedBuffer<>(10, 10, node);

    assertThat(buffer.add("a", 6)).isTrue();
    assertThat(buffer.add("b", 5)).isFalse();
    assertThat(buffer.add("c", 4)).isTrue();
    assertThat(buffer.take()).containsExactly("a", "c");
  }

  @Test
  void givenBuffersThatShareMemory_whenOneHasTakenIt_thenTheOtherHasItAgainOnlyAfterwards() {
    Reserve session = BoundedBuffer.sharedBy(50, node);
    BoundedBuffer<String> first = new BoundedBuffer<>(10, 100, session);
    BoundedBuffer<String> second = new BoundedBuffer<>(10, 100, session);

    assertThat(first.add("a", 40)).isTrue();
    assertThat(second.add("b", 11)).isFalse();
    assertThat(node.take(61)).isFalse();
    assertThat(first.take()).containsExactly("a");
    assertThat(second.add("b", 50)).isTrue();
    assertThat(node.take(50)).isTrue();
  }
}
