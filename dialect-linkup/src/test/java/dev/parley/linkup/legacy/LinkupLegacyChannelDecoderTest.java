package dev.parley.linkup.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.linkup.legacy.LinkupLegacyChannelMessage.Find;
import dev.parley.linkup.legacy.LinkupLegacyChannelMessage.Found;
import dev.parley.linkup.legacy.LinkupLegacyChannelMessage.Signal;
import dev.parley.signal.Bytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkupLegacyChannelDecoderTest {

  private final LinkupLegacyChannelDecoder decoder = new LinkupLegacyChannelDecoder(8);

  @Property(tries = 300)
  void givenAnyTexts_whenEncoded_thenTheyAreDecodedAgain(
      @ForAll String from, @ForAll String to, @ForAll String text) {
    Bytes id = json(from);
    Bytes signal = Bytes.utf8("{\"x\":" + json(text).text() + "}");

    assertThat(decoder.decode(LinkupLegacyChannelEncoder.find(from)))
        .isEqualTo(new Find(readable(from), id));
    assertThat(decoder.decode(LinkupLegacyChannelEncoder.found(id)))
        .isEqualTo(new Found(readable(from), true));
    assertThat(decoder.decode(LinkupLegacyChannelEncoder.found(id, false)))
        .isEqualTo(new Found(readable(from), false));
    assertThat(decoder.decode(LinkupLegacyChannelEncoder.signal(from, to, signal)))
        .isEqualTo(new Signal(readable(from), readable(to), signal));
  }

  @Property(tries = 300)
  void givenAnyBytes_whenDecoded_thenNothingIsThrown(@ForAll byte[] bytes) {
    assertThat(decoder.decode(Bytes.of(bytes))).isNotNull();
  }

  /** What is a message turns into anything by the change of one byte, but never into a failure. */
  @Property(tries = 300)
  void givenADamagedMessage_whenDecoded_thenNothingIsThrown(@ForAll byte[] damage) {
    byte[] message =
        LinkupLegacyChannelEncoder.signal("a", "b", Bytes.utf8("{\"c\":[1]}")).array().clone();
    for (byte each : damage) {
      message[Math.floorMod(each * 31, message.length)] = each;
    }

    assertThat(decoder.decode(Bytes.of(message))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "\"a\"", "{}", " [1, 2] "})
  void givenAJsonValue_whenChecked_thenItIsOne(String text) {
    assertThat(decoder.isValue(Bytes.utf8(text))).isTrue();
  }

  /** Half of a surrogate pair has no form in UTF-8. */
  private static String readable(String text) {
    return Bytes.utf8(text).text();
  }

  private static Bytes json(String text) {
    String find = LinkupLegacyChannelEncoder.find(text).text();
    return Bytes.utf8(
        find.substring("{\"type\":\"find\",\"data\":{\"id\":".length(), find.length() - 2));
  }
}
