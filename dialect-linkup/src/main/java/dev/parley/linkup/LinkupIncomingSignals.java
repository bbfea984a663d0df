package dev.parley.linkup;

import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.support.ForeignPeerContext;
import dev.parley.linkup.LinkupConversation.State;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.webrtc.UsernameFragments;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Handles signals of peers of other dialects to the client. A linkup client destroys a connection
 * on unexpected input and cannot refuse, so it receives one call with a peer at a time:
 *
 * <ul>
 *   <li>An offer that arrives while the client's own is under way is refused.
 *   <li>An offer of a peer that the client has just asked about is held for a moment, since a
 *       client asks before it calls. If the client calls meanwhile, the offer is refused.
 *   <li>For offers that were passed on first see {@link LinkupOutgoingSignals}.
 * </ul>
 *
 * Event loop of the session only.
 */
final class LinkupIncomingSignals {

  private final ForeignPeerContext session;
  private final LinkupForeignPeers peers;
  private final LinkupOutgoingCalls calls;
  private final Duration glareWait;

  /**
   * @param glareWait how long an offer of a peer is held that the client has just asked about
   */
  LinkupIncomingSignals(ForeignPeerContext session, LinkupForeignPeers peers,
      LinkupOutgoingCalls calls, Duration glareWait) {
    this.session = session;
    this.peers = peers;
    this.calls = calls;
    this.glareWait = glareWait;
  }

  /** Handles a signal of a peer of another dialect. */
  ForeignOutcome receive(ForeignSignal signal) {
    return switch (signal.content()) {
      case Content.Offer offer -> offered(signal, offer);
      case Content.Answer answer -> answered(signal, answer);
      case Content.Candidate candidate -> candidate(signal);
      case Content.Renegotiation request -> renegotiation(signal);
      case Content.Bye bye -> {
        // The client has no message for it: it detects the end of the connection itself.
        peers.end(signal);
        yield ForeignOutcome.DROPPED;
      }
      case Content.EndOfCandidates end -> ForeignOutcome.DROPPED;
      case Content.Custom custom -> ForeignOutcome.DROPPED;
    };
  }

  private ForeignOutcome offered(ForeignSignal signal, Content.Offer offer) {
    LinkupForeignPeer peer = peers.sender(signal);
    String key = LinkupConversation.keyOf(signal);
    @Nullable LinkupConversation known = peer.withKey(key);
    if (calls.isCalling(peer.address().id())) {
      if (known == null) {
        peer.markClosed(key, UsernameFragments.of(offer.sdp()));
      }
      return refused(signal, offer);
    }
    if (known != null) {
      return renegotiated(peer, known, signal, offer);
    }
    if (peer.isFull() && !closeEldestAnswered(peer)) {
      return refused(signal, offer);
    }
    begin(peer, LinkupConversation.offered(key, peer.freeName(), signal.signal()), signal, offer);
    return ForeignOutcome.TAKEN;
  }

  private void begin(LinkupForeignPeer peer, LinkupConversation begun, ForeignSignal signal,
      Content.Offer offer) {
    peers.open(peer, begun);
    if (calls.hasJustAsked(peer.address().id())
        && begun.hold(offer, signal.signal().weight(), session.reserve())) {
      var unused = session.after(glareWait, () -> release(peer, begun));
    } else {
      peers.describe(peer, begun, offer, offer.sdp());
    }
  }

  private void release(LinkupForeignPeer peer, LinkupConversation conversation) {
    Content.@Nullable Offer held = conversation.held();
    if (held != null && peer.withKey(conversation.key()) == conversation) {
      peers.describe(peer, conversation, held, held.sdp());
    }
  }

  private ForeignOutcome refused(ForeignSignal signal, Content.Offer offer) {
    peers.dropDescription(signal, offer.sdp());
    return ForeignOutcome.REJECTED;
  }

  /**
   * Peers need not report the end of a connection, so of a peer that keeps calling, the connection
   * that was answered first counts as closed.
   */
  private boolean closeEldestAnswered(LinkupForeignPeer peer) {
    for (LinkupConversation each : peer.conversations()) {
      if (each.state() == State.ANSWERED) {
        peers.close(peer, each);
        return true;
      }
    }
    return false;
  }

  /** A further offer within a connection; simple-peer answers it in any role. */
  private ForeignOutcome renegotiated(LinkupForeignPeer peer, LinkupConversation known,
      ForeignSignal signal, Content.Offer offer) {
    if (known.state() != State.ANSWERED) {
      return refused(signal, offer);
    }
    peers.describe(peer, known, offer, offer.sdp());
    return ForeignOutcome.TAKEN;
  }

  private ForeignOutcome answered(ForeignSignal signal, Content.Answer answer) {
    @Nullable LinkupConversation known = peers.conversation(signal);
    if (known == null && !calls.waitsFor(signal.from().id())) {
      peers.dropDescription(signal, answer.sdp());
      return ForeignOutcome.DROPPED;
    }
    LinkupConversation conversation = known == null ? called(signal) : known;
    if (conversation.unanswered() != null) {
      return ForeignOutcome.DROPPED;
    }
    conversation.markAnswered();
    calls.markSettled(signal.from().id());
    peers.describe(peers.sender(signal), conversation, answer, answer.sdp());
    return ForeignOutcome.TAKEN;
  }

  /** The conversation that the client's call begins; it replaces a former one of that name. */
  private LinkupConversation called(ForeignSignal signal) {
    LinkupForeignPeer peer = peers.sender(signal);
    String id = peer.address().id();
    @Nullable LinkupConversation former = peer.withName(id);
    if (former != null) {
      peers.close(peer, former);
    }
    LinkupConversation begun = LinkupConversation.called(LinkupConversation.keyOf(signal), id);
    peer.markCalledByClient();
    peers.open(peer, begun);
    return begun;
  }

  private ForeignOutcome candidate(ForeignSignal signal) {
    @Nullable LinkupConversation known = peers.conversation(signal);
    if (known != null && known.isDescribedFor(signal.content())) {
      peers.send(known, signal.content());
      return ForeignOutcome.TAKEN;
    }
    LinkupForeignPeer peer = peers.sender(signal);
    return known == null
        && peer.hasClosed(LinkupConversation.keyOf(signal), signal.content())
            ? ForeignOutcome.DROPPED
            : peers.hold(signal);
  }

  /** A peer that answers may request an offer before its answer arrives. */
  private ForeignOutcome renegotiation(ForeignSignal signal) {
    @Nullable LinkupConversation known = peers.conversation(signal);
    if (known == null && calls.waitsFor(signal.from().id())) {
      var unused = peers.sender(signal);
      return peers.hold(signal);
    }
    if (known == null || known.state() != State.ANSWERED) {
      return ForeignOutcome.DROPPED;
    }
    peers.send(known, signal.content());
    return ForeignOutcome.TAKEN;
  }
}
