package dev.parley.cluster.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadSizeTest {

  private final ReadSize size = new ReadSize();

  @Test
  void givenBigEntries_whenReadOn_thenFewAreReadAtOnceUntilTheyAreSmallAgain() {
    assertThat(size.entries()).isEqualTo(ReadSize.MAX_ENTRIES);

    size.read(ReadSize.MAX_ENTRIES, ReadSize.MAX_ENTRIES * (256L << 10));
    assertThat(size.entries() * (256L << 10)).isLessThanOrEqualTo(ReadSize.MAX_BYTES);

    size.read(4, 4L << 20);
    assertThat(size.entries()).isEqualTo(1);

    for (int i = 0; i < 8; i++) {
      size.read(size.entries(), 100L * size.entries());
    }
    assertThat(size.entries()).isEqualTo(ReadSize.MAX_ENTRIES);
  }
}
