package dev.parley.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.bench.wire.WireEnd.Heard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one end writes, the other one recognises, and nothing else. */
class ScriptTest {

  private final Party anna = new Party("anna");
  private final Party bert = new Party("bert");
  private final WireEnd fromAnna = new RelayScript().end(anna, bert);
  private final WireEnd atBert = new RelayScript().end(bert, anna);

  @Test
  void givenASignal_whenHeardByThePartner_thenItsMarksAreThoseItWasSentWith() {
    assertThat(hear(written(fromAnna, 42, -7))).isEqualTo(Heard.SIGNAL);
    assertThat(atBert.last().number()).isEqualTo(42);
    assertThat(atBert.last().nanos()).isEqualTo(-7);
  }

  @Test
  void givenASignal_whenWritten_thenItIsAboutAsLongAsThatOfABrowser() {
    assertThat(written(fromAnna, 0, 0)).hasSizeBetween(1150, 1300);
  }

  @Test
  void givenASignalWithAnyByteAltered_whenHeard_thenItIsAltered() {
    String signal = written(fromAnna, 42, 7);

    for (int i = 0; i < signal.length(); i++) {
      char other = signal.charAt(i) == '1' ? '2' : '1';
      String altered = signal.substring(0, i) + other + signal.substring(i + 1);
      assertThat(hear(altered)).as("byte %d", i).isEqualTo(Heard.ALTERED);
    }
  }

  @Test
  void givenASignalCutShortOrOfSomebodyElse_whenHeard_thenItIsAltered() {
    String signal = written(fromAnna, 1, 1);
    WireEnd fromCarl = new RelayScript().end(new Party("carl"), bert);

    assertThat(hear(signal.substring(1))).isEqualTo(Heard.ALTERED);
    assertThat(hear(signal + " ")).isEqualTo(Heard.ALTERED);
    assertThat(hear(written(fromCarl, 1, 1))).isEqualTo(Heard.ALTERED);
  }

  @ParameterizedTest
  @EnumSource(value = Protocol.class, names = {"PEERJS", "RELAY"})
  void givenAnyProtocol_whenWelcomed_thenTheClientIsReady(Protocol protocol) {
    WireEnd end = protocol.script().end(anna, bert);

    assertThat(end.target()).startsWith("/").contains("anna");
    assertThat(hear(end, PeerJsOffer.OPEN)).isEqualTo(Heard.READY);
    assertThat(hear(end, "{\"type\":\"ERROR\"}")).isEqualTo(Heard.ALTERED);
  }

  @Test
  void givenTheServerOfPeerJs_whenItNamesTheSender_thenTheSignalIsRecognised() {
    WireEnd end = new PeerJsScript().end(anna, bert);
    String sent = written(new PeerJsScript().end(bert, anna), 5, 6);

    assertThat(hear(end, sent)).isEqualTo(Heard.ALTERED);
    assertThat(hear(end, sent.replace("\"dst\":", "\"src\":\"bert\",\"dst\":")))
        .isEqualTo(Heard.SIGNAL);
    assertThat(end.last().number()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", SessionDescription.LABEL + SessionDescription.LABEL})
  void givenATextWithoutJustOneDescription_whenMadeASignal_thenItIsRefused(String text) {
    assertThatThrownBy(() -> SignalText.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private Heard hear(String message) {
    return hear(atBert, message);
  }

  /** Between other bytes, as it stands in a buffer. */
  private static Heard hear(WireEnd end, String message) {
    byte[] bytes = ("xx" + message + "yy").getBytes(StandardCharsets.US_ASCII);
    return end.hear(bytes, 2, bytes.length - 2, text -> {
      throw new AssertionError("says " + text);
    });
  }

  private static String written(WireEnd end, long number, long nanos) {
    ByteBuf frame = Unpooled.buffer();
    end.write(number, nanos, frame);
    byte[] text = new byte[frame.readableBytes() - 8];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) (frame.getByte(8 + i) ^ frame.getByte(4 + i % 4));
    }
    return new String(text, StandardCharsets.US_ASCII);
  }
}
