package dev.parley.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedFrameTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 1200, 65535})
  void givenAText_whenWritten_thenItIsAFinalMaskedFrameOfThatText(int length) {
    String text = "x".repeat(length);

    byte[] frame = bytes(MaskedFrame.text(text.getBytes(StandardCharsets.US_ASCII), 0));

    int header = length <= 125 ? 6 : 8;
    assertThat(frame).hasSize(header + length);
    assertThat(frame[0]).isEqualTo((byte) 0x81);
    assertThat(frame[1] & 0x80).isNotZero();
    assertThat(unmasked(frame, header)).isEqualTo(text);
  }

  @Test
  void givenAnySeed_whenMasked_thenNoByteOfTheMaskIsZero() {
    byte[] frame = bytes(MaskedFrame.text("text".getBytes(StandardCharsets.US_ASCII), 0));

    assertThat(new byte[] {frame[2], frame[3], frame[4], frame[5]}).doesNotContain(0);
  }

  @Test
  void givenAFrame_whenAPartIsPutIn_thenTheTextHasItInThatPlace() {
    MaskedFrame frame = MaskedFrame.text("0123456789");

    frame.put(3, new byte[] {'a', 'b', 'c'});

    assertThat(unmasked(bytes(frame), 6)).isEqualTo("012abc6789");
  }

  @Test
  void givenAPing_whenAnswered_thenThePongHasItsContent() {
    byte[] frame = bytes(MaskedFrame.pong("content".getBytes(StandardCharsets.US_ASCII)));

    assertThat(frame[0]).isEqualTo((byte) 0x8A);
    assertThat(unmasked(frame, 6)).isEqualTo("content");
  }

  @Test
  void givenATextThatIsTooLong_whenMade_thenItIsRefused() {
    assertThatThrownBy(() -> MaskedFrame.text("x".repeat(65536)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(MaskedFrame frame) {
    ByteBuf to = Unpooled.buffer();
    frame.writeTo(to);
    return ByteBufUtil.getBytes(to);
  }

  private static String unmasked(byte[] frame, int header) {
    byte[] text = new byte[frame.length - header];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) (frame[header + i] ^ frame[header - 4 + i % 4]);
    }
    return new String(text, StandardCharsets.US_ASCII);
  }
}
