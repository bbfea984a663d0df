package dev.parley.net.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.signal.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameSinkTest {

  private final FrameSink sink = new FrameSink();

  private static String payloadOf(ByteBuf frame) {
    assertThat(frame.readUnsignedByte()).isEqualTo((short) 0x81);
    int first = frame.readUnsignedByte();
    long length =
        switch (first) {
          case 126 -> frame.readUnsignedShort();
          case 127 -> frame.readLong();
          default -> first;
        };
    assertThat(first).as("the shortest form")
        .isEqualTo(length <= 125 ? (int) length : length <= 65_535 ? 126 : 127);
    return frame.readCharSequence((int) length, StandardCharsets.UTF_8).toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 200_000})
  void givenTextsOfALength_whenWrittenOneBehindTheOther_thenBothFramesAreWhole(int length) {
    ByteBuf buffer = Unpooled.directBuffer();
    String text = "x".repeat(length);

    sink.frame(buffer, Bytes.utf8(text), (bytes, out) -> out.utf8(bytes));
    sink.frame(buffer, text + "!", (more, out) -> out.ascii(more));

    assertThat(payloadOf(buffer)).isEqualTo(text);
    assertThat(payloadOf(buffer)).isEqualTo(text + "!");
    assertThat(buffer.isReadable()).isFalse();
  }

  /** With unpaired surrogates, which {@code Character} arbitraries of all of Unicode include. */
  @Provide
  Arbitrary<String> anyText() {
    return Arbitraries.chars().all().list().ofMaxSize(30).map(all -> {
      StringBuilder text = new StringBuilder();
      all.forEach(text::append);
      return text.toString();
    });
  }

  @Property(tries = 2000)
  void givenAnyText_whenQuoted_thenItIsValidJsonOfThatText(@ForAll("anyText") String text)
      throws JsonProcessingException {
    ByteBuf buffer = Unpooled.buffer();

    sink.frame(buffer, text, (message, out) -> out.quoted(message));

    assertThat(new ObjectMapper().readValue(payloadOf(buffer), String.class)).isEqualTo(text);
  }

  @Test
  void givenAnEncoderThatFails_whenWritten_thenNothingOfItsFrameIsLeft() {
    ByteBuf buffer = Unpooled.buffer();
    sink.frame(buffer, "before", (message, out) -> out.ascii(message));

    assertThatThrownBy(
        () -> sink.frame(
            buffer,
            "half",
            (message, out) -> {
              out.ascii(message);
              throw new IllegalStateException("a defect");
            }))
        .hasMessage("a defect");

    assertThat(payloadOf(buffer)).isEqualTo("before");
    assertThat(buffer.isReadable()).isFalse();
  }
}
