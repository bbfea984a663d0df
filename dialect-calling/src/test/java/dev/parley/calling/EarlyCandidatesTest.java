package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.Reception;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EarlyCandidatesTest {

  private static final PeerAddress SELF = new PeerAddress("default", "anna");
  private static final PeerAddress PEER = new PeerAddress("default", "p");

  private final TestSwitchboard switchboard = new TestSwitchboard();
  private final TestConnection connection = new TestConnection();
  private final EarlyCandidates early =
      new EarlyCandidates(connection, switchboard, new Waiting.Budget());

  private static ForeignSignal candidate(@Nullable String key, String text) {
    Signal signal = new Signal(
        SignalKind.CANDIDATE, PEER, SELF, "peerjs", "", Bytes.utf8(text), 0);
    return new ForeignSignal(signal, key, new Content.Candidate(text, "0", 0, null));
  }

  private static ForeignSignal end(@Nullable String key) {
    Signal signal = new Signal(
        SignalKind.END_OF_CANDIDATES, PEER, SELF, "peerjs", "", Bytes.EMPTY, 0);
    return new ForeignSignal(signal, key, new Content.EndOfCandidates());
  }

  private List<Content> taken(@Nullable String key) {
    return early.take(PEER, key).stream().map(Waiting.Held::content).toList();
  }

  @Test
  void givenCandidatesOfTwoConversations_whenOneBegins_thenItsOwnComeInOrder() {
    early.keep(candidate("a", "1"));
    early.keep(candidate("b", "2"));
    early.keep(candidate("a", "3"));
    early.keep(end("a"));

    assertThat(taken("a")).containsExactly(candidate("a", "1").content(),
        candidate("a", "3").content(), new Content.EndOfCandidates());
    assertThat(taken("a")).isEmpty();
    assertThat(taken(null)).isEmpty();
    assertThat(taken("b")).hasSize(1);
  }

  @Test
  void givenCandidatesWhoseOfferDoesNotCome_whenTimePasses_thenTheyAreDropped() {
    early.keep(candidate("a", "1"));
    early.keep(end("a"));

    connection.timePasses();

    assertThat(switchboard.dropped()).extracting(Signal::kind)
        .containsExactly(SignalKind.CANDIDATE, SignalKind.END_OF_CANDIDATES);
    assertThat(taken("a")).isEmpty();
  }

  @Test
  void givenAConversationThatBegan_whenTimePasses_thenLaterEarlyOnesStay() {
    early.keep(candidate(null, "1"));
    early.take(PEER, null);
    connection.timePasses();
    early.keep(candidate(null, "2"));

    assertThat(taken(null)).hasSize(1);
    assertThat(switchboard.dropped()).isEmpty();
  }

  @Test
  void givenAConversationThatIsOver_whenACandidateComes_thenItIsLate() {
    early.end(PEER, "a");
    early.end(PEER, null);

    assertThat(early.keep(candidate("a", "1"))).isEqualTo(Reception.DROPPED);
    assertThat(early.keep(candidate(null, "1"))).isEqualTo(Reception.DROPPED);
    assertThat(early.keep(candidate("b", "1"))).isEqualTo(Reception.TAKEN);
    early.take(PEER, null);
    assertThat(early.keep(candidate(null, "2"))).isEqualTo(Reception.TAKEN);
  }

  @Test
  void givenManyConversationsThatDoNotBegin_whenOneMoreComes_thenItIsDropped() {
    for (int i = 0; i < 32; i++) {
      assertThat(early.keep(candidate("k" + i, "1"))).isEqualTo(Reception.TAKEN);
    }

    assertThat(early.keep(candidate("k32", "1"))).isEqualTo(Reception.DROPPED);
    assertThat(early.keep(candidate("k0", "2"))).isEqualTo(Reception.TAKEN);
    early.endAll();
    assertThat(switchboard.dropped()).hasSize(33);
  }

  @Test
  void givenBigSignals_whenAllConversationsHaveTheirFill_thenTheSessionHasToo() {
    String big = "x".repeat(200 * 1024);
    for (int i = 0; i < 20; i++) {
      assertThat(early.keep(candidate("k" + i, big))).isEqualTo(Reception.TAKEN);
    }

    assertThat(early.keep(candidate("k0", big))).isEqualTo(Reception.DROPPED);
    assertThat(early.keep(candidate("k20", big))).isEqualTo(Reception.DROPPED);
    taken("k0");
    assertThat(early.keep(candidate("k20", big))).isEqualTo(Reception.TAKEN);
  }
}
