package dev.parley.cluster.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.WithNull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  private static final Signal SIGNAL =
      new Signal(
          SignalKind.CANDIDATE, new PeerAddress("default", "anna"),
          new PeerAddress("default", "bert/\n"), "peerjs", "CANDIDATE", Bytes.utf8("{\"ä\":1}"),
          -7, "dc_1");

  @Property
  void givenAnySignal_whenSealedAndOpened_thenItIsTheSame(
      @ForAll SignalKind kind, @ForAll @StringLength(max = 200) String from,
      @ForAll @StringLength(max = 200) String to, @ForAll @StringLength(max = 40) String name,
      @ForAll byte[] payload, @ForAll long reference,
      @ForAll @WithNull @StringLength(max = 40) @Nullable String conversation,
      @ForAll @StringLength(max = 20) String remoteSend) {
    Signal signal =
        new Signal(
            kind, new PeerAddress("a-realm", valid(from)), new PeerAddress("b", valid(to)), "some",
            valid(name), Bytes.of(payload), reference,
            conversation == null ? null : valid(conversation));

    assertThat(Envelope.open(Envelope.seal(signal, valid(remoteSend))))
        .isEqualTo(new Envelope.Content.Letter(signal, valid(remoteSend)));
  }

  /** Unpaired surrogates are no text and do not survive UTF-8. */
  private static String valid(String text) {
    return text.codePoints().filter(c -> Character.getType(c) != Character.SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Property
  void givenAPartOfAnEnvelope_whenOpened_thenItIsUnreadableOrAShorterPayload(
      @ForAll @IntRange(max = 200) int length) {
    byte[] whole = Envelope.seal(SIGNAL, "node/1");
    byte[] part = Arrays.copyOf(whole, Math.min(length, whole.length));
    int payload = SIGNAL.payload().length();

    assertThat(Envelope.open(part))
        .isInstanceOf(
            part.length < whole.length - payload
                ? Envelope.Content.Unreadable.class
                : Envelope.Content.Letter.class);
  }

  @Property
  void givenAnyBytes_whenOpened_thenThereIsAnAnswer(@ForAll byte[] bytes) {
    assertThat(Envelope.open(bytes)).isNotNull();
  }

  @Test
  void givenAnotherVersion_whenOpened_thenItIsNotGuessedAt() {
    byte[] sealed = Envelope.seal(SIGNAL, "");
    int version = 2 + "default/anna".length() + 1 + "CANDIDATE:peerjs".length();
    assertThat(sealed[version]).isEqualTo((byte) 2);

    sealed[version] = 3;

    assertThat(Envelope.open(sealed)).isEqualTo(new Envelope.Content.Unreadable("version 3"));
  }

  @Test
  void givenAKindOfANewerNode_whenOpened_thenItIsNotGuessedAt() {
    byte[] sealed = Envelope.seal(SIGNAL, "");
    sealed[2 + "default/anna".length() + 1] = 'K';

    assertThat(Envelope.open(sealed)).isEqualTo(new Envelope.Content.Unreadable("unknown kind"));
  }

  @Test
  void givenANameAsLongAsAMessage_whenSealedAndOpened_thenItIsTheSame() {
    Signal signal =
        new Signal(
            SignalKind.CUSTOM, SIGNAL.from(), SIGNAL.to(), "peerjs", "x".repeat(300_000),
            Bytes.EMPTY, 0);

    assertThat(Envelope.open(Envelope.seal(signal, "")))
        .isEqualTo(new Envelope.Content.Letter(signal, ""));
  }

  @Test
  void givenAKeyThatIsTooLong_whenSealed_thenItIsRefused() {
    Signal signal = SIGNAL.within("x".repeat(70_000));

    assertThatThrownBy(() -> Envelope.seal(signal, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
