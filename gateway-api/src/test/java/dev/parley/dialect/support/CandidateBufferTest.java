package dev.parley.dialect.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.Connection;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Reserve;
import dev.parley.dialect.support.CandidateBuffer.Bounds;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateBufferTest {

  private static final PeerAddress PEER = new PeerAddress("default", "peer");
  private static final PeerAddress OTHER = PEER.neighbour("other");
  private static final int WEIGHT = 300;
  private static final Bounds SMALL =
      new Bounds(3, 5 * WEIGHT, 4, 8 * WEIGHT, Duration.ofSeconds(30));
  private static final Content END = new Content.EndOfCandidates();

  private final List<Runnable> timers = new ArrayList<>();
  private final List<Signal> dropped = new ArrayList<>();
  private final NodeReserve reserve = new NodeReserve();
  private final CandidateBuffer buffer = new CandidateBuffer(new Session(), reserve, SMALL);

  private final class Session implements CandidateBuffer.Owner {

    @Override
    public Connection.Timer after(Duration delay, Runnable task) {
      assertThat(delay).isEqualTo(SMALL.patience());
      timers.add(task);
      return () -> timers.remove(task);
    }

    @Override
    public void dropped(Signal signal) {
      dropped.add(signal);
    }
  }

  /** A node's budget with a settable rest. */
  private static final class NodeReserve implements Reserve {
    private int left = Integer.MAX_VALUE;

    @Override
    public boolean take(int bytes) {
      if (bytes > left) {
        return false;
      }
      left -= bytes;
      return true;
    }

    @Override
    public void giveBack(int bytes) {
      left += bytes;
    }
  }

  private void patienceEnds() {
    List<Runnable> due = List.copyOf(timers);
    timers.clear();
    due.forEach(Runnable::run);
  }

  private static Content candidate(int number, @Nullable String fragment) {
    return new Content.Candidate("candidate:" + number, "0", 0, fragment);
  }

  private static Content candidate(int number) {
    return candidate(number, null);
  }

  private ForeignOutcome hold(PeerAddress from, @Nullable String key, Content content, int bytes) {
    Signal signal =
        new Signal(
            SignalKind.CANDIDATE, from, from.neighbour("client"), "other", "",
            Bytes.of(new byte[bytes]), 0);
    return buffer.hold(new ForeignSignal(signal, key, content));
  }

  private ForeignOutcome hold(@Nullable String key, Content content) {
    return hold(PEER, key, content, 0);
  }

  private List<Content> take(PeerAddress from, @Nullable String key, String... fragments) {
    return buffer.take(from, key, description(fragments)).stream()
        .map(ForeignSignal::content)
        .toList();
  }

  private static Sdp description(String... fragments) {
    StringBuilder text = new StringBuilder("v=0\r\n");
    for (String each : fragments) {
      text.append("m=audio 9\r\na=ice-ufrag:").append(each).append("\r\n");
    }
    return Sdp.of(text.toString());
  }

  // ---- order

  @Test
  void givenCandidatesAndTheirEnd_whenTheDescriptionComes_thenTheyAreTakenInOrderAndOnce() {
    assertThat(hold("c1", candidate(1))).isEqualTo(ForeignOutcome.HELD);
    assertThat(hold("c1", candidate(2))).isEqualTo(ForeignOutcome.HELD);
    assertThat(hold("c1", END)).isEqualTo(ForeignOutcome.HELD);
    assertThat(buffer.holds(PEER)).isTrue();

    assertThat(take(PEER, "c1")).containsExactly(candidate(1), candidate(2), END);
    assertThat(take(PEER, "c1")).isEmpty();
    assertThat(buffer.holds(PEER)).isFalse();
    assertThat(dropped).isEmpty();
  }

  @Test
  void givenANodeWithMemoryForTwo_whenAThirdComes_thenItIsDroppedUntilTheyHaveGone() {
    reserve.left = 2 * WEIGHT + WEIGHT / 2;

    assertThat(hold("c1", candidate(1))).isEqualTo(ForeignOutcome.HELD);
    assertThat(hold(OTHER, "c2", candidate(2), 0)).isEqualTo(ForeignOutcome.HELD);
    assertThat(hold("c3", candidate(3))).isEqualTo(ForeignOutcome.DROPPED);

    take(PEER, "c1");
    assertThat(hold("c3", candidate(3))).isEqualTo(ForeignOutcome.HELD);
    buffer.clear();
    assertThat(reserve.left).isEqualTo(2 * WEIGHT + WEIGHT / 2);
  }

  @Test
  void givenTwoConversationsAndTwoPeers_whenMixed_thenEachDescriptionHasItsOwn() {
    hold("c1", candidate(1));
    hold("c2", candidate(2));
    hold(OTHER, "c1", candidate(3), 0);
    hold("c1", candidate(4));

    assertThat(buffer.holds(PEER, "c2")).isTrue();
    assertThat(take(PEER, "c1")).containsExactly(candidate(1), candidate(4));
    assertThat(take(OTHER, "c1")).containsExactly(candidate(3));
    assertThat(take(PEER, "c2")).containsExactly(candidate(2));
    assertThat(buffer.holds(PEER, "c2")).isFalse();
  }

  // ---- matching

  @ParameterizedTest
  @CsvSource({
    // candidate: key, fragment; description: key, fragment
    "c1, , c1, , true",
    "c1, a, c1, a, true",
    "c1, a, c1, , true",
    "c1, , c1, a, true",
    "c1, a, c1, b, false",
    "c1, a, c2, a, false",
    "c1, , c2, , false",
    ", , , , true",
    ", a, , a, true",
    ", a, , b, false",
    ", , c1, , true",
    ", a, c1, a, true",
    ", a, c1, b, false",
    "c1, a, , a, true",
    "c1, a, , , false",
    "c1, , , a, false",
    "c1, , , , false"})
  void givenACandidate_whenADescriptionComes_thenItIsTakenIfTheyBelongTogether(
      @Nullable String key, @Nullable String fragment, @Nullable String ofDescription,
      @Nullable String inDescription, boolean belongs) {
    hold(key, candidate(1, fragment));

    List<Content> taken = inDescription == null
        ? take(PEER, ofDescription) : take(PEER, ofDescription, inDescription);

    assertThat(!taken.isEmpty()).isEqualTo(belongs);
    assertThat(buffer.holds(PEER)).isNotEqualTo(belongs);
  }

  @ParameterizedTest
  @CsvSource({"a, a, true", "a, b, false", ", a, false", "a, , false"})
  void givenAKeyOfItsSession_whenADescriptionHasAnother_thenTheFragmentDecides(
      @Nullable String fragment, @Nullable String inDescription, boolean belongs) {
    Signal signal =
        new Signal(
            SignalKind.CANDIDATE, PEER, PEER.neighbour("client"), "other", "", Bytes.EMPTY, 0)
            .within("former");
    buffer.hold(new ForeignSignal(signal, "former", candidate(1, fragment)));

    List<Content> taken =
        inDescription == null ? take(PEER, "next") : take(PEER, "next", inDescription);

    assertThat(!taken.isEmpty()).isEqualTo(belongs);
  }

  @Test
  void givenSectionsThatAreNotBundled_whenTheDescriptionComes_thenCandidatesOfAllAreTaken() {
    hold(null, candidate(1, "a"));
    hold(null, candidate(2, "b"));
    hold(null, candidate(3, "c"));

    assertThat(take(PEER, null, "a", "b"))
        .containsExactly(candidate(1, "a"), candidate(2, "b"));
  }

  @Test
  void givenAFragmentInTheCandidateItself_whenTheDescriptionNamesAnother_thenItWaits() {
    Content old = new Content.Candidate("candidate:1 1 udp 1 h 5 typ host ufrag x ttl 1", null, 0,
        null);
    hold(null, old);

    assertThat(take(PEER, null, "y")).isEmpty();
    assertThat(take(PEER, null, "x")).containsExactly(old);
  }

  // ---- drops

  @Test
  void givenARefusedDescription_whenItHadCandidates_thenTheseAreDropped() {
    hold("c1", candidate(1));
    hold("c2", candidate(2));

    buffer.refuse(PEER, "c1", description());

    assertThat(dropped).hasSize(1);
    assertThat(take(PEER, "c2")).containsExactly(candidate(2));
  }

  @Test
  void givenAConversationThatEnds_whenItNeverBegan_thenWhatIsHeldOfItIsDropped() {
    hold("c1", candidate(1));
    hold("c2", candidate(2));
    hold(null, candidate(3));

    buffer.end(PEER, "c1");
    assertThat(dropped).hasSize(1);
    buffer.end(PEER, null);

    assertThat(dropped).hasSize(3);
    assertThat(buffer.holds(PEER)).isFalse();
  }

  @Test
  void givenAPeerThatLeaves_whenAnotherOfItsNameComes_thenNothingIsLeft() {
    hold("c1", candidate(1));
    hold(OTHER, "c1", candidate(2), 0);

    buffer.forget(PEER);

    assertThat(take(PEER, "c1")).isEmpty();
    assertThat(take(OTHER, "c1")).containsExactly(candidate(2));
    assertThat(dropped).extracting(Signal::from).containsExactly(PEER);
  }

  @Test
  void givenADescriptionThatNeverComes_whenPatienceEndsTwice_thenWhatIsHeldIsDropped() {
    hold("c1", candidate(1));
    patienceEnds();
    hold("c1", candidate(2));
    assertThat(dropped).isEmpty();

    patienceEnds();
    assertThat(dropped).hasSize(1);
    assertThat(buffer.holds(PEER)).isTrue();
    patienceEnds();

    assertThat(dropped).hasSize(2);
    assertThat(buffer.holds(PEER)).isFalse();
    assertThat(timers).isEmpty();
  }

  @Test
  void givenNothingHeld_whenSomethingIs_thenOneTimerRunsUntilItIsGone() {
    assertThat(timers).isEmpty();
    hold("c1", candidate(1));
    hold("c2", candidate(2));
    assertThat(timers).hasSize(1);

    take(PEER, "c1");
    take(PEER, "c2");
    patienceEnds();
    assertThat(timers).isEmpty();
    hold("c3", candidate(3));

    assertThat(timers).hasSize(1);
  }

  @Test
  void givenTheEndOfTheSession_whenSomethingIsHeld_thenAllIsDroppedAndNoTimerRuns() {
    hold("c1", candidate(1));
    hold(OTHER, null, candidate(2), 0);

    buffer.clear();

    assertThat(dropped).hasSize(2);
    assertThat(timers).isEmpty();
  }

  // ---- bounds

  @Test
  void givenAPeerWithAllItMayHave_whenItSaysMore_thenThatIsDroppedAndOthersAreHeld() {
    for (int i = 1; i <= 3; i++) {
      assertThat(hold("c1", candidate(i))).isEqualTo(ForeignOutcome.HELD);
    }
    assertThat(hold("c1", candidate(4))).isEqualTo(ForeignOutcome.DROPPED);
    assertThat(hold(OTHER, "c1", candidate(5), 0)).isEqualTo(ForeignOutcome.HELD);

    assertThat(take(PEER, "c1")).containsExactly(candidate(1), candidate(2), candidate(3));
    assertThat(hold("c1", candidate(6))).isEqualTo(ForeignOutcome.HELD);
    // Those that were not held are counted through the result of hold.
    assertThat(dropped).isEmpty();
  }

  @Test
  void givenAPeer_whenItsSignalsHaveTooManyBytes_thenTheNextIsDroppedAndASmallOneHeld() {
    assertThat(hold(PEER, "c1", candidate(1), 3 * WEIGHT)).isEqualTo(ForeignOutcome.HELD);
    assertThat(hold(PEER, "c1", candidate(2), WEIGHT)).isEqualTo(ForeignOutcome.DROPPED);
    assertThat(hold(PEER, "c1", candidate(3), 0)).isEqualTo(ForeignOutcome.HELD);
    take(PEER, "c1");

    assertThat(hold(PEER, "c1", candidate(4), 4 * WEIGHT)).isEqualTo(ForeignOutcome.HELD);
  }

  @Test
  void givenASessionWithAllItMayHave_whenAnyPeerSaysMore_thenThatIsDropped() {
    for (int i = 1; i <= 4; i++) {
      assertThat(hold(PEER.neighbour("p" + i), null, candidate(i), 0))
          .isEqualTo(ForeignOutcome.HELD);
    }
    assertThat(hold(PEER, null, candidate(5), 0)).isEqualTo(ForeignOutcome.DROPPED);
    buffer.forget(PEER.neighbour("p1"));

    assertThat(hold(PEER, null, candidate(6), 0)).isEqualTo(ForeignOutcome.HELD);
  }

  @Test
  void givenASession_whenAllTogetherHaveTooManyBytes_thenTheNextIsDropped() {
    assertThat(hold(PEER, null, candidate(1), 3 * WEIGHT)).isEqualTo(ForeignOutcome.HELD);
    assertThat(hold(OTHER, null, candidate(2), 3 * WEIGHT)).isEqualTo(ForeignOutcome.HELD);

    assertThat(hold(PEER.neighbour("third"), null, candidate(3), 0))
        .isEqualTo(ForeignOutcome.DROPPED);
  }

  @Test
  void givenARequestToOfferAgain_whenHeld_thenTheMessageItCameInIsNotKept() {
    byte[] message = new byte[1000];
    Bytes detail = new Bytes(message, 10, 4);
    hold(null, new Content.Renegotiation("renegotiate", detail));

    List<ForeignSignal> taken = buffer.take(PEER, null, description());

    assertThat(taken).singleElement().satisfies(held -> {
      assertThat(held.signal().payload()).isSameAs(Bytes.EMPTY);
      assertThat(held.content()).isEqualTo(new Content.Renegotiation("renegotiate", detail));
      assertThat(((Content.Renegotiation) held.content()).detail().array()).hasSize(4);
    });
  }
}
