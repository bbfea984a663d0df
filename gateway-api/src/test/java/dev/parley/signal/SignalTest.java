package dev.parley.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalTest {

  private static Signal signal(String name, int payload) {
    PeerAddress peer = new PeerAddress("default", "anna");
    return new Signal(
        SignalKind.CUSTOM, peer, peer.neighbour("bert"), "test", name,
        Bytes.of(new byte[payload]), 0);
  }

  @Test
  void givenASignal_whenWeighed_thenAllThatItsSenderMayMakeLongCounts() {
    int empty = signal("", 0).weight();

    assertThat(empty).isPositive();
    assertThat(signal("", 1_000).weight()).isEqualTo(empty + 1_000);
    assertThat(signal("x".repeat(1_000), 0).weight()).isEqualTo(empty + 1_000);
    Signal far =
        new Signal(
            SignalKind.CUSTOM, new PeerAddress("default", "a".repeat(1_004)),
            new PeerAddress("default", "b".repeat(1_004)), "test", "", Bytes.EMPTY, 0,
            "k".repeat(1_000));
    assertThat(far.weight()).isEqualTo(empty + 3_000);
  }

  @Test
  void givenAPartOfAPaddedMessage_whenItIsKept_thenTheMessageIsNot() {
    byte[] message = new byte[256 * 1024];
    Bytes part = Bytes.of(message).slice(100, 170);
    Signal signal = signal("", 0);
    Signal padded =
        new Signal(signal.kind(), signal.from(), signal.to(), "test", "", part, 7, "key");

    assertThat(padded.detached()).isEqualTo(padded);
    assertThat(padded.detached().payload().array()).hasSize(70);
    Signal whole = padded.detached();
    assertThat(whole.detached()).isSameAs(whole);
  }

  @Test
  void givenContentOfAPaddedMessage_whenItIsKept_thenTheMessageIsNot() {
    Bytes part = Bytes.of(new byte[256 * 1024]).slice(100, 170);
    OfferHints terms = new OfferHints(null, null, null, part, part, part);

    assertThat(new Content.Offer(Sdp.json(part), terms).detached())
        .isInstanceOfSatisfying(Content.Offer.class, kept -> {
          assertThat(kept.sdp().json().array()).hasSize(70);
          assertThat(kept.terms().metadata()).satisfies(SignalTest::isAlone);
          assertThat(kept.terms().streams()).satisfies(SignalTest::isAlone);
          assertThat(kept.terms().channels()).satisfies(SignalTest::isAlone);
        });
    assertThat(new Content.Answer(Sdp.json(part), OfferHints.NONE).detached())
        .isInstanceOfSatisfying(
            Content.Answer.class, kept -> assertThat(kept.sdp().json().array()).hasSize(70));
    assertThat(new Content.Renegotiation("renegotiate", part).detached())
        .isInstanceOfSatisfying(
            Content.Renegotiation.class, kept -> isAlone(kept.detail()));
    assertThat(new Content.Custom("name", part).detached())
        .isInstanceOfSatisfying(Content.Custom.class, kept -> isAlone(kept.data()));
    Signal signal = signal("", 0);
    ForeignSignal foreign =
        new ForeignSignal(
            new Signal(signal.kind(), signal.from(), signal.to(), "test", "", part, 7), "key",
            new Content.Custom("name", part));
    assertThat(foreign.detached().signal().payload()).isEqualTo(Bytes.EMPTY);
  }

  private static void isAlone(@Nullable Bytes bytes) {
    assertThat(bytes).isNotNull();
    assertThat(Objects.requireNonNull(bytes).array()).hasSize(70);
  }
}
