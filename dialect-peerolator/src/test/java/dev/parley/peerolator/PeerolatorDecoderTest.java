package dev.parley.peerolator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.peerolator.PeerolatorPeerMessage.Malformed;
import dev.parley.peerolator.PeerolatorPeerMessage.Relay;
import dev.parley.peerolator.schema.PeerolatorMessageSchemas;
import dev.parley.signal.Bytes;
import dev.parley.signal.SignalKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerolatorDecoderTest {

  private static final int DEPTH = 16;

  private final PeerolatorDecoder decoder =
      new PeerolatorDecoder(DEPTH, PeerolatorMessageSchemas.NONE);

  private PeerolatorPeerMessage decode(String text) {
    return decoder.decode(Bytes.utf8(text));
  }

  @Provide
  Arbitrary<String> json() {
    return PeerolatorAnyJson.nested(DEPTH - 4);
  }

  @Property(tries = 1000)
  void givenAnyMessage_whenDecoded_thenItComesOutByteForByte(
      @ForAll("json") String message, @ForAll("json") String other, @ForAll long order,
      @ForAll boolean named) {
    List<String> fields =
        new ArrayList<>(
            List.of("\"type\" : \"c\\u0068at\"", "\"message\":" + message,
                "\"to\":\"b\\u006fb\"", "\"other\":" + other));
    if (named) {
      fields.add("\"from\":\"carl\"");
    }
    Collections.shuffle(fields, new Random(order));

    assertThat(decode(" {" + String.join(" ,\n", fields) + "} "))
        .isEqualTo(
            new Relay(named ? "carl" : null, "bob", "chat", SignalKind.CUSTOM, Bytes.utf8(message),
                null));
  }

  @Property(tries = 1000)
  void givenAMessageThatWasDamaged_whenDecoded_thenNothingIsThrown(
      @ForAll("json") String json, @ForAll @IntRange(max = 10_000) int where,
      @ForAll byte damage) {
    byte[] message = ("{\"from\":\"a\",\"to\":\"b\",\"type\":\"c\",\"message\":" + json + "}")
        .getBytes(StandardCharsets.UTF_8);
    message[where % message.length] = damage;

    assertThat(decoder.decode(Bytes.of(message))).isNotNull();
    assertThat(decoder.decode(Bytes.of(message).slice(0, where % message.length)))
        .isInstanceOf(Malformed.class);
  }

  @Property(tries = 1000)
  void givenGarbage_whenDecoded_thenNothingIsThrown(@ForAll byte[] garbage) {
    assertThat(decoder.decode(Bytes.of(garbage))).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "15, true", "16, false", "5000, false"})
  void givenAMessageOfSomeDepth_whenDecoded_thenTheLimitHolds(int depth, boolean fine) {
    PeerolatorPeerMessage message =
        decode("{\"to\":\"a\",\"type\":\"b\",\"message\":" + "[".repeat(depth) + "1"
            + "]".repeat(depth) + "}");

    assertThat(message).isInstanceOf(fine ? Relay.class : Malformed.class);
  }
}
