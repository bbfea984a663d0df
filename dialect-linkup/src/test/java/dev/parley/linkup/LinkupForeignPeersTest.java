package dev.parley.linkup;

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

class LinkupForeignPeersTest {

  private static final PeerAddress CALLER = new PeerAddress("default", "caller");
  private static final Duration GLARE_WAIT = Duration.ofMillis(300);
  private static final Sdp SDP = Sdp.of("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n");

  private final List<Content> sent = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private int delivered;
  private int dropped;
  private final TestSession session = new TestSession();
  private final LinkupOutgoingCalls calls =
      new LinkupOutgoingCalls(GLARE_WAIT, () -> 0);
  private final LinkupForeignPeers peers =
      new LinkupForeignPeers(session, (name, content) -> sent.add(content), calls);
  private final LinkupOutgoingSignals outgoing =
      new LinkupOutgoingSignals(session, peers, calls, GLARE_WAIT);
  private final LinkupIncomingSignals incoming =
      new LinkupIncomingSignals(session, peers, calls, GLARE_WAIT);

  private final class TestSession implements ForeignPeerContext {
    private boolean refuses;

    @Override
    public void refuse(Signal offer, Cause cause) {
      assertThat(refuses).as("refused: " + offer).isTrue();
    }

    @Override
    public void watch(PeerAddress peer) {}

    @Override
    public void unwatch(PeerAddress peer) {}

    @Override
    public void delivered(Signal signal) {
      delivered++;
    }

    @Override
    public void drop(Signal signal) {
      dropped++;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      later.add(task);
      return () -> later.remove(task);
    }

    @Override
    public void withhold(Signal signal, String dialect) {}

    @Override
    public Reserve reserve() {
      return Reserve.UNBOUNDED;
    }
  }

  private ForeignOutcome hears(SignalKind kind, Content content, int bytes) {
    Signal signal =
        new Signal(
            kind, CALLER, CALLER.neighbour("client"), "other", "x", Bytes.of(new byte[bytes]), 0);
    return incoming.receive(new ForeignSignal(signal, "key", content));
  }

  private ForeignOutcome hearsCandidate(int number, int bytes) {
    return hears(SignalKind.CANDIDATE, candidate(number), bytes);
  }

  private static Content candidate(int number) {
    return new Content.Candidate("candidate:" + number, "0", 0, null);
  }

  @Test
  void givenAnOfferThatWaits_whenItsCandidatesHaveTooManyBytes_thenTheRestIsDropped() {
    Content offer = new Content.Offer(SDP, OfferHints.NONE);
    outgoing.asked(CALLER.id());
    assertThat(hears(SignalKind.OFFER, offer, 200_000)).isEqualTo(ForeignOutcome.TAKEN);

    assertThat(hearsCandidate(1, 30_000)).isEqualTo(ForeignOutcome.HELD);
    assertThat(hearsCandidate(2, 30_000)).isEqualTo(ForeignOutcome.HELD);
    assertThat(hearsCandidate(3, 30_000)).isEqualTo(ForeignOutcome.DROPPED);
    assertThat(hearsCandidate(4, 300)).isEqualTo(ForeignOutcome.HELD);
    assertThat(sent).isEmpty();
    later.getFirst().run();

    assertThat(sent).containsExactly(offer, candidate(1), candidate(2), candidate(4));
    assertThat(delivered).isEqualTo(3);
    assertThat(hearsCandidate(5, 30_000)).isEqualTo(ForeignOutcome.TAKEN);
    assertThat(sent).last().isEqualTo(candidate(5));
  }

  // ---- candidates that come early

  private ForeignOutcome hears(@Nullable String key, SignalKind kind, Content content) {
    Signal signal =
        new Signal(kind, CALLER, CALLER.neighbour("client"), "other", "x", Bytes.EMPTY, 0);
    return incoming.receive(new ForeignSignal(signal, key, content));
  }

  private ForeignOutcome hearsOffer(@Nullable String key, int session, String fragment) {
    return hears(key, SignalKind.OFFER, new Content.Offer(sdp(session, fragment), OfferHints.NONE));
  }

  private ForeignOutcome hearsAnswer(@Nullable String key, int session, String fragment) {
    return hears(key, SignalKind.ANSWER,
        new Content.Answer(sdp(session, fragment), OfferHints.NONE));
  }

  private ForeignOutcome hearsCandidate(@Nullable String key, int number, String fragment) {
    return hears(key, SignalKind.CANDIDATE, candidate(number, fragment));
  }

  private static Sdp sdp(int session, String fragment) {
    return Sdp.of("v=0\r\no=- " + session + " 2 IN IP4 127.0.0.1\r\na=ice-ufrag:" + fragment
        + "\r\n");
  }

  private static Content candidate(int number, String fragment) {
    return new Content.Candidate("candidate:" + number, "0", 0, fragment);
  }

  private List<Content> sentCandidates() {
    return sent.stream().filter(Content.Candidate.class::isInstance).toList();
  }

  @Test
  void givenACandidateBeforeItsOffer_whenTheOfferComes_thenItFollowsIt() {
    assertThat(hearsCandidate("key", 1, "a")).isEqualTo(ForeignOutcome.HELD);
    assertThat(sent).isEmpty();

    assertThat(hearsOffer("key", 1, "a")).isEqualTo(ForeignOutcome.TAKEN);

    assertThat(sent).hasSize(2).last().isEqualTo(candidate(1, "a"));
    assertThat(delivered).isEqualTo(1);
  }

  @Test
  void givenACallOfTheClient_whenThePeerCallsTooAndIsRefused_thenTheAnswerHasItsOwnCandidates() {
    outgoing.route(CALLER.id(), SignalKind.OFFER);
    hearsCandidate("theirs", 1, "a");
    assertThat(hearsOffer("theirs", 1, "a")).isEqualTo(ForeignOutcome.REJECTED);
    assertThat(dropped).isEqualTo(1);
    assertThat(hearsCandidate("theirs", 2, "a")).isEqualTo(ForeignOutcome.DROPPED);

    hearsCandidate("ours", 3, "b");
    hearsAnswer("ours", 2, "b");

    assertThat(sentCandidates()).containsExactly(candidate(3, "b"));
  }

  @Test
  void givenAPeerWithoutKeys_whenItsCallIsRefused_thenItCanStillAnswer() {
    outgoing.route(CALLER.id(), SignalKind.OFFER);
    assertThat(hearsOffer(null, 1, "a")).isEqualTo(ForeignOutcome.REJECTED);
    assertThat(hearsCandidate(null, 1, "a")).isEqualTo(ForeignOutcome.DROPPED);
    assertThat(hearsCandidate(null, 2, "b")).isEqualTo(ForeignOutcome.HELD);

    assertThat(hearsAnswer(null, 2, "b")).isEqualTo(ForeignOutcome.TAKEN);

    assertThat(sentCandidates()).containsExactly(candidate(2, "b"));
  }

  @Test
  void givenAConnection_whenItIsRenegotiated_thenCandidatesBeforeTheOfferFollowIt() {
    hearsOffer(null, 1, "a");
    outgoing.route(CALLER.id(), SignalKind.ANSWER);
    sent.clear();
    assertThat(hearsCandidate(null, 1, "b")).isEqualTo(ForeignOutcome.HELD);
    assertThat(hearsCandidate(null, 2, "a")).isEqualTo(ForeignOutcome.TAKEN);

    assertThat(hearsOffer(null, 1, "b")).isEqualTo(ForeignOutcome.TAKEN);

    assertThat(sentCandidates()).containsExactly(candidate(2, "a"), candidate(1, "b"));
    assertThat(sent.get(1)).isInstanceOf(Content.Offer.class);
  }

  @Test
  void givenACallOfTheClient_whenThePeerAsksForAnotherOfferFirst_thenItIsAskedAfterTheAnswer() {
    Content request = new Content.Renegotiation("renegotiate", Bytes.utf8("true"));
    outgoing.route(CALLER.id(), SignalKind.OFFER);

    assertThat(hears("key", SignalKind.CUSTOM, request)).isEqualTo(ForeignOutcome.HELD);
    hearsAnswer("key", 1, "a");

    assertThat(sent).hasSize(2).last().isEqualTo(request);
  }

  @Test
  void givenNoCall_whenAPeerAsksForAnotherOffer_thenThatIsDropped() {
    Content request = new Content.Renegotiation("renegotiate", Bytes.utf8("true"));

    assertThat(hears("key", SignalKind.CUSTOM, request)).isEqualTo(ForeignOutcome.DROPPED);
  }

  @Test
  void givenACandidateBeforeItsOffer_whenThePeerLeavesAndIsBack_thenItsNextOfferHasItNot() {
    hearsCandidate("key", 1, "a");
    peers.departed(CALLER);
    assertThat(dropped).isEqualTo(1);

    hearsOffer("key", 1, "a");

    assertThat(sent).hasSize(1);
  }

  @Test
  void givenAConversationThatIsOver_whenItsCandidatesComeLate_thenTheyAreDroppedAtOnce() {
    hearsOffer("key", 1, "a");
    hears("key", SignalKind.BYE, new Content.Bye());
    sent.clear();

    assertThat(hearsCandidate("key", 1, "a")).isEqualTo(ForeignOutcome.DROPPED);
    assertThat(hearsCandidate("key", 2, "b")).isEqualTo(ForeignOutcome.HELD);
    assertThat(sent).isEmpty();
    hearsOffer("key", 2, "b");

    assertThat(sent).hasSize(2).last().isEqualTo(candidate(2, "b"));
  }

  @Test
  void givenCandidatesOfAnOfferThatWaits_whenTheClientCallsFirst_thenTheyAreDropped() {
    outgoing.asked(CALLER.id());
    hearsCandidate("key", 1, "a");
    session.refuses = true;
    hearsOffer("key", 1, "a");
    hearsCandidate("key", 2, "a");

    outgoing.route(CALLER.id(), SignalKind.OFFER);

    assertThat(dropped).isEqualTo(2);
    assertThat(hearsCandidate("key", 3, "a")).isEqualTo(ForeignOutcome.DROPPED);
    assertThat(sent).isEmpty();
  }

  @Test
  void givenAnOfferThatWaits_whenTheClientSpeaksBeforeItsOwn_thenThatIsNotAboutTheOneThatWaits() {
    outgoing.asked(CALLER.id());
    hearsOffer("key", 1, "a");

    assertThat(outgoing.route(CALLER.id(), SignalKind.CANDIDATE))
        .isEqualTo(new LinkupRoute.Send(CALLER.id(), null));
  }
}
