package dev.parley.peerjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.Connection.Timer;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Reserve;
import dev.parley.dialect.support.ForeignPeerContext;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.OfferHints;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeerJsForeignPeersTest {

  private static final PeerAddress PEER = new PeerAddress("default", "peer");
  private static final Sdp SDP = Sdp.of("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n");

  private final List<Content> sent = new ArrayList<>();
  private final List<PeerJsForeignMessage> translated = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final PeerJsForeignPeers foreignPeers =
      new PeerJsForeignPeers(new TestSession(), this::send);

  private void send(PeerJsForeignMessage message) {
    sent.add(message.content());
    translated.add(message);
  }

  private final class TestSession implements ForeignPeerContext {

    @Override
    public void refuse(Signal offer, Cause cause) {
      events.add("refuse " + offer.from().id() + " " + cause);
    }

    @Override
    public void watch(PeerAddress peer) {
      events.add("watch " + peer.id());
    }

    @Override
    public void unwatch(PeerAddress peer) {
      events.add("unwatch " + peer.id());
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      later.add(task);
      return () -> later.remove(task);
    }

    @Override
    public void delivered(Signal candidate) {
      events.add("delivered");
    }

    @Override
    public void drop(Signal candidate) {
      events.add("drop " + candidate.from().id());
    }

    @Override
    public void withhold(Signal signal, String dialect) {}

    @Override
    public Reserve reserve() {
      return Reserve.UNBOUNDED;
    }
  }

  private void timePasses() {
    List<Runnable> due = List.copyOf(later);
    later.clear();
    due.forEach(Runnable::run);
  }

  private ForeignOutcome hears(PeerAddress peer, @Nullable String key, SignalKind kind,
      Content content, int bytes) {
    Signal signal =
        new Signal(
            kind, peer, peer.neighbour("client"), "other", "x", Bytes.of(new byte[bytes]), 0);
    return foreignPeers.receive(new ForeignSignal(signal, key, content));
  }

  private ForeignOutcome hearsOffer(PeerAddress peer, String key) {
    return hears(peer, key, SignalKind.OFFER, new Content.Offer(SDP, OfferHints.NONE), 1000);
  }

  private ForeignOutcome hearsOffer(PeerAddress peer, @Nullable String key, String fragment) {
    return hears(peer, key, SignalKind.OFFER, new Content.Offer(sdp(1, fragment), OfferHints.NONE),
        1000);
  }

  private static Sdp sdp(int session, String fragment) {
    return Sdp.of("v=0\r\no=- " + session + " 2 IN IP4 127.0.0.1\r\na=ice-ufrag:" + fragment
        + "\r\n");
  }

  private ForeignOutcome hearsBye(PeerAddress peer, @Nullable String key) {
    return hears(peer, key, SignalKind.BYE, new Content.Bye(), 0);
  }

  private ForeignOutcome hearsCandidate(int number, int bytes) {
    return hears(PEER, "dc_1", SignalKind.CANDIDATE, candidate(number), bytes);
  }

  private static Content candidate(int number) {
    return candidate(number, null);
  }

  private static Content candidate(int number, @Nullable String fragment) {
    return new Content.Candidate("candidate:" + number, "0", 0, fragment);
  }

  // ---- candidates that come early

  @Test
  void givenCandidatesBeforeTheAnswer_whenTheyHaveTooManyBytes_thenTheRestIsDropped() {
    assertThat(hearsCandidate(1, 30_000)).isEqualTo(ForeignOutcome.HELD);
    assertThat(hearsCandidate(2, 30_000)).isEqualTo(ForeignOutcome.HELD);
    assertThat(hearsCandidate(3, 30_000)).isEqualTo(ForeignOutcome.DROPPED);
    assertThat(hearsCandidate(4, 300)).isEqualTo(ForeignOutcome.HELD);
    assertThat(sent).isEmpty();
    Content answer = new Content.Answer(SDP, OfferHints.NONE);
    hears(PEER, "dc_1", SignalKind.ANSWER, answer, 1000);

    assertThat(sent).containsExactly(answer, candidate(1), candidate(2), candidate(4));
    assertThat(events).filteredOn("delivered"::equals).hasSize(3);
    assertThat(hearsCandidate(5, 30_000)).isEqualTo(ForeignOutcome.TAKEN);
    assertThat(sent).last().isEqualTo(candidate(5));
  }

  @Test
  void givenACandidateBeforeItsOffer_whenTheOfferComes_thenItIsTakenAndTheCandidateFollows() {
    hearsCandidate(1, 300);

    assertThat(hearsOffer(PEER, "dc_1")).isEqualTo(ForeignOutcome.TAKEN);

    assertThat(sent).hasSize(2).first().isInstanceOf(Content.Offer.class);
    assertThat(sent).last().isEqualTo(candidate(1));
  }

  @Test
  void givenACandidateWithoutAnOffer_whenItsTimeIsUp_thenItIsDroppedAndThePeerNotWatched() {
    hearsCandidate(1, 300);
    timePasses();
    assertThat(events).containsExactly("watch peer");

    timePasses();

    assertThat(events).containsExactly("watch peer", "drop peer", "unwatch peer");
    assertThat(sent).isEmpty();
    assertThat(later).isEmpty();
  }

  @Test
  void givenACandidateWithoutAnOffer_whenItsPeerLeavesAndIsBack_thenTheNextOfferHasItNot() {
    hearsCandidate(1, 300);
    foreignPeers.departed(PEER);
    assertThat(events).contains("drop peer");

    hearsOffer(PEER, "dc_1");

    assertThat(sent).hasSize(1);
  }

  @Test
  void givenACandidateWithoutAnOffer_whenAConversationWithItsPeerEnds_thenThePeerIsStillWatched() {
    hearsOffer(PEER, "dc_2");
    hearsCandidate(1, 300);
    hearsBye(PEER, "dc_2");

    assertThat(events).doesNotContain("unwatch peer");
  }

  @Test
  void givenAnOfferThatIsRefused_whenItsCandidatesCameFirst_thenTheyAreDropped() {
    hearsOffer(PEER, "dc_1", "a");
    hears(PEER, "dc_1", SignalKind.CANDIDATE, candidate(1, "b"), 300);

    assertThat(hearsOffer(PEER, "dc_1", "b")).isEqualTo(ForeignOutcome.UNTRANSLATABLE);

    assertThat(events).endsWith("drop peer");
    assertThat(sent).hasSize(1);
  }

  @Test
  void givenAPeerWithoutKeys_whenItsNextCallIsAnnouncedByCandidates_thenTheyAreOfThatCall() {
    hearsOffer(PEER, null, "a");
    assertThat(hears(PEER, null, SignalKind.CANDIDATE, candidate(1, "b"), 300))
        .isEqualTo(ForeignOutcome.HELD);
    // Still of the first call, and known by the key that the second one cannot have.
    assertThat(hears(PEER, null, SignalKind.CANDIDATE, candidate(2, "a"), 300))
        .isEqualTo(ForeignOutcome.TAKEN);
    hears(PEER, null, SignalKind.OFFER, new Content.Offer(sdp(2, "b"), OfferHints.NONE), 1000);
    hears(PEER, null, SignalKind.CANDIDATE, candidate(3, "a"), 300);
    hears(PEER, null, SignalKind.CANDIDATE, candidate(4, "b"), 300);

    List<String> ids =
        translated.stream().map(PeerJsForeignMessage::connectionId).distinct().toList();
    assertThat(ids).hasSize(2);
    assertThat(contents(ids.getFirst()))
        .containsExactly(candidate(2, "a"), candidate(3, "a"));
    assertThat(contents(ids.getLast()))
        .containsExactly(candidate(1, "b"), candidate(4, "b"));
  }

  private List<Content> contents(String connectionId) {
    return translated.stream()
        .filter(each -> each.connectionId().equals(connectionId))
        .map(PeerJsForeignMessage::content)
        .filter(Content.Candidate.class::isInstance)
        .toList();
  }

  @Test
  void givenACandidateThatNamesAnEarlierConversation_whenItsCallComes_thenItIsOfThatCall() {
    hearsOffer(PEER, "dc_1", "a");
    hears(PEER, "dc_1", SignalKind.CANDIDATE, candidate(1, "b"), 300);

    hears(PEER, null, SignalKind.OFFER, new Content.Offer(sdp(2, "b"), OfferHints.NONE), 1000);

    assertThat(translated).last().satisfies(said -> {
      assertThat(said.content()).isEqualTo(candidate(1, "b"));
      assertThat(said.connectionId()).isNotEqualTo("dc_1");
    });
  }

  // ---- the end of conversations

  @Test
  void givenNoConversation_whenAPeerEndsOne_thenTheClientHearsNothing() {
    assertThat(hearsBye(PEER, "dc_1")).isEqualTo(ForeignOutcome.DROPPED);
    assertThat(hearsBye(PEER, null)).isEqualTo(ForeignOutcome.DROPPED);

    assertThat(sent).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void givenAConversation_whenAPeerEndsAnother_thenTheClientHearsNothingAndItGoesOn() {
    hearsOffer(PEER, "dc_1");
    sent.clear();

    assertThat(hearsBye(PEER, "dc_2")).isEqualTo(ForeignOutcome.DROPPED);

    assertThat(sent).isEmpty();
    assertThat(events).containsExactly("watch peer");
    assertThat(hearsCandidate(1, 300)).isEqualTo(ForeignOutcome.TAKEN);
    assertThat(sent).containsExactly(candidate(1));
  }

  @Test
  void givenAConversationThatIsOver_whenThePeerEndsItAgain_thenTheClientHearsOfItOnce() {
    hearsOffer(PEER, "dc_1");
    sent.clear();

    assertThat(hearsBye(PEER, "dc_1")).isEqualTo(ForeignOutcome.TAKEN);
    assertThat(hearsBye(PEER, "dc_1")).isEqualTo(ForeignOutcome.DROPPED);

    assertThat(sent).containsExactly(new Content.Bye());
  }

  @Test
  void givenCandidatesAlone_whenThePeerEndsTheConversation_thenTheClientHearsNothing() {
    hearsCandidate(1, 300);

    assertThat(hearsBye(PEER, "dc_1")).isEqualTo(ForeignOutcome.DROPPED);

    assertThat(sent).isEmpty();
    assertThat(events).containsExactly("watch peer", "drop peer", "unwatch peer");
  }

  // ---- names

  @Test
  void givenTwoPeersThatNameTheirConversationsAlike_whenBothCall_thenEachHasItsOwn() {
    PeerAddress other = PEER.neighbour("other");
    assertThat(hearsOffer(PEER, "1")).isEqualTo(ForeignOutcome.TAKEN);
    assertThat(hearsOffer(other, "1")).isEqualTo(ForeignOutcome.TAKEN);
    foreignPeers.markAnswered(PEER, "1");
    sent.clear();

    assertThat(hearsBye(PEER, "1")).isEqualTo(ForeignOutcome.TAKEN);
    foreignPeers.end();

    assertThat(sent).containsExactly(new Content.Bye());
    assertThat(events).endsWith("unwatch peer", "unwatch other", "refuse other GONE");
  }

  @Test
  void givenAConversation_whenAnotherPeerNamesIt_thenItGoesOnAsBefore() {
    hearsOffer(PEER, "dc_1");
    PeerAddress other = PEER.neighbour("other");
    sent.clear();

    hears(other, "dc_1", SignalKind.CANDIDATE, candidate(1), 300);

    assertThat(hearsCandidate(2, 300)).isEqualTo(ForeignOutcome.TAKEN);
    assertThat(sent).containsExactly(candidate(2));
  }

  // ---- watches

  @Test
  void givenTwoConversationsWithAPeer_whenTheSecondEnds_thenThePeerIsWatchedNoLonger() {
    hearsOffer(PEER, "dc_1");
    hearsOffer(PEER, "dc_2");

    hearsBye(PEER, "dc_1");
    assertThat(events).doesNotContain("unwatch peer");
    hearsBye(PEER, "dc_2");

    assertThat(events).last().isEqualTo("unwatch peer");
  }

  @Test
  void givenMoreConversationsThanAreKept_whenTheEldestIsForgotten_thenItsPeerIsNotWatched() {
    hearsOffer(PEER, "dc_1");
    PeerAddress other = PEER.neighbour("other");
    for (int i = 2; i <= 256; i++) {
      hearsOffer(other, "dc_" + i);
    }
    assertThat(events).doesNotContain("unwatch peer");

    hearsOffer(other, "dc_257");
    assertThat(events).endsWith("unwatch peer", "refuse peer GONE");
    hearsOffer(other, "dc_258");

    assertThat(events).endsWith("refuse other GONE").doesNotContain("unwatch other");
  }

  @Test
  void givenConversations_whenTheClientHasNoIdAnyMore_thenNobodyIsWatchedAndCallersAreTold() {
    hearsOffer(PEER, "dc_1");
    hearsOffer(PEER, "dc_2");

    foreignPeers.end();

    assertThat(events).filteredOn(event -> event.startsWith("unwatch"))
        .containsExactly("unwatch peer");
    assertThat(events).filteredOn("refuse peer GONE"::equals).hasSize(2);
  }

  @Test
  void givenAPeerThatHasDeparted_whenItEndsAnOldConversation_thenTheClientHearsNothing() {
    hearsOffer(PEER, "dc_1");
    foreignPeers.markAnswered(PEER, "dc_1");
    foreignPeers.departed(PEER);
    sent.clear();

    assertThat(hearsBye(PEER, "dc_1")).isEqualTo(ForeignOutcome.DROPPED);

    assertThat(sent).isEmpty();
    assertThat(events).containsExactly("watch peer");
  }
}
