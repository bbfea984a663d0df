package dev.parley.linkup;

import dev.parley.dialect.support.ForeignPeerContext;
import dev.parley.linkup.LinkupConversation.State;
import dev.parley.signal.SignalKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Routes the client's signals to peers of other dialects: to which conversation each belongs, and
 * whether it is withheld. When both sides make an offer at once, the one that was passed on first
 * wins: the client's own offer and candidates are withheld until it answers. If its question for
 * the peer crosses with such an offer, the reply waits until the client has answered the offer;
 * otherwise it would take the candidates of one call for those of the other.
 *
 * <p>Event loop of the session only.
 */
final class LinkupOutgoingSignals {

  private final ForeignPeerContext session;
  private final LinkupForeignPeers peers;
  private final LinkupOutgoingCalls calls;
  private final Duration glareWait;

  /**
   * @param glareWait how long the reply to a question waits for an answer of the client at most
   */
  LinkupOutgoingSignals(ForeignPeerContext session, LinkupForeignPeers peers,
      LinkupOutgoingCalls calls, Duration glareWait) {
    this.session = session;
    this.peers = peers;
    this.calls = calls;
    this.glareWait = glareWait;
  }

  /** Notes that the client asks whether a peer is there; returns the peer's id. */
  String asked(String name) {
    String id = peers.realId(name);
    calls.markAsked(id);
    return id;
  }

  /** Runs {@code task}, which replies that a peer is there, when no offer in this name is open. */
  void onceUndisturbed(String name, Runnable task) {
    @Nullable LinkupForeignPeer peer = peers.named(name);
    @Nullable LinkupConversation conversation = peer == null ? null : peer.withName(name);
    if (conversation == null || conversation.state() != State.OFFERED
        || !conversation.onceAnswered(task)) {
      task.run();
    } else {
      var unused = session.after(glareWait, conversation::runWaiting);
    }
  }

  /** Routes a signal of the client to {@code name}. */
  LinkupRoute route(String name, SignalKind kind) {
    @Nullable LinkupForeignPeer peer = peers.named(name);
    if (peer == null) {
      if (kind == SignalKind.OFFER) {
        calls.markOffered(name);
      }
      return new LinkupRoute.Send(name, null);
    }
    @Nullable LinkupConversation conversation = peer.withName(name);
    return switch (kind) {
      case OFFER -> peers.isAlias(name) ? within(conversation, peer) : call(peer, conversation);
      case ANSWER -> answer(peer, conversation);
      case CANDIDATE, END_OF_CANDIDATES, BYE, CUSTOM -> follow(peer, conversation);
    };
  }

  private LinkupRoute call(LinkupForeignPeer peer, @Nullable LinkupConversation conversation) {
    if (conversation != null && conversation.state() == State.OFFERED) {
      conversation.suppress();
      return new LinkupRoute.Withhold(peer.dialect());
    }
    for (LinkupConversation each : peer.conversations()) {
      if (each.state() == State.HELD) {
        peers.refuseHeld(peer, each);
      }
    }
    calls.markOffered(peer.address().id());
    return new LinkupRoute.Send(peer.address().id(), null);
  }

  private static LinkupRoute answer(
      LinkupForeignPeer peer, @Nullable LinkupConversation conversation) {
    if (conversation != null) {
      conversation.markAnswered();
    }
    return within(conversation, peer);
  }

  private LinkupRoute follow(LinkupForeignPeer peer, @Nullable LinkupConversation conversation) {
    if (conversation != null && conversation.isSuppressed()) {
      return new LinkupRoute.Withhold(peer.dialect());
    }
    // The client does not know of an offer that is held: its signals belong to its own call.
    boolean ofOwnCall = conversation == null || conversation.state() == State.HELD
        || calls.waitsFor(conversation.name());
    return within(ofOwnCall ? null : conversation, peer);
  }

  private static LinkupRoute within(
      @Nullable LinkupConversation conversation, LinkupForeignPeer peer) {
    return new LinkupRoute.Send(
        peer.address().id(), conversation == null ? null : conversation.keyOrNull());
  }
}
