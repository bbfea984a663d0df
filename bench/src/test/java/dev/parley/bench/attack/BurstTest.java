package dev.parley.bench.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What attackers write are frames as a browser's (RFC 6455, section 5.2). */
class BurstTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 250_000})
  void givenAText_whenFramed_thenItsLengthAndItsContentCanBeRead(int length) {
    String text = "x".repeat(length);

    assertThat(payload(Burst.text(text), 0x81)).isEqualTo(text);
  }

  @Test
  void givenPartsOfAMessage_whenFramed_thenTheFirstBytesSayWhichTheyAre() {
    assertThat(payload(Burst.firstFragment("a"), 0x01)).isEqualTo("a");
    assertThat(payload(Burst.fragment(""), 0x00)).isEmpty();
    assertThat(payload(Burst.lastFragment("c"), 0x80)).isEqualTo("c");
    assertThat(payload(Burst.ping(), 0x89)).isEmpty();
    assertThat(payload(Burst.pong(), 0x8A)).isEmpty();
  }

  @Test
  void givenBursts_whenPutTogether_thenTheirBytesFollowEachOtherAndTheirFramesCount() {
    Burst burst = new Burst.Together().add(Burst.ping().times(3)).add(Burst.text("a"))
        .add(Burst.raw("GET")).burst();

    assertThat(burst.frames()).isEqualTo(4);
    assertThat(burst.bytes()).hasSize(3 * 6 + 7 + 3).endsWith('G', 'E', 'T');
  }

  private static String payload(Burst burst, int first) {
    ByteBuffer bytes = ByteBuffer.wrap(burst.bytes());
    assertThat(bytes.get() & 0xFF).isEqualTo(first);
    int second = bytes.get() & 0xFF;
    assertThat(second & 0x80).isEqualTo(0x80);
    long length = switch (second & 0x7F) {
      case 126 -> bytes.getShort() & 0xFFFF;
      case 127 -> bytes.getLong();
      default -> second & 0x7F;
    };
    byte[] mask = new byte[4];
    bytes.get(mask);
    byte[] payload = new byte[bytes.remaining()];
    bytes.get(payload);
    assertThat(payload).hasSize((int) length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new String(payload, StandardCharsets.US_ASCII);
  }
}
