package dev.parley.linkup;

import dev.parley.dialect.Connection.Timer;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.support.CandidateBuffer;
import dev.parley.dialect.support.ForeignPeerContext;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered.Cause;
import dev.parley.webrtc.UsernameFragments;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The peers of other dialects that one client communicates with, their conversations, and the names
 * of these. A linkup client knows one connection for each peer and no keys of conversations. So a
 * second conversation with the same peer has a name of its own, {@code bob#2} with a character at
 * its end that no id contains; what the client sends to that name belongs to that conversation.
 *
 * <p>A client takes the first signal of a peer for a new connection. So candidates without their
 * description are dropped if they belong to a conversation that is over, or was refused; others
 * wait for their offer or answer, see {@link CandidateBuffer}.
 *
 * <p>Event loop of the session only.
 */
final class LinkupForeignPeers implements CandidateBuffer.Owner {

  private static final int MAX_PEERS = 256;

  private final ForeignPeerContext session;
  private final BiConsumer<String, Content> client;
  private final LinkupOutgoingCalls calls;
  private final Map<String, LinkupForeignPeer> peers = new LinkedHashMap<>(4);
  private final Map<String, LinkupForeignPeer> aliases = new HashMap<>(2);
  private final CandidateBuffer early;

  /**
   * @param client sends the client a content in the name of a conversation
   */
  LinkupForeignPeers(
      ForeignPeerContext session, BiConsumer<String, Content> client, LinkupOutgoingCalls calls) {
    this.session = session;
    this.client = client;
    this.calls = calls;
    this.early = new CandidateBuffer(this, session.reserve());
  }

  // ---- names

  /** The id of the peer that the client calls {@code name}. */
  String realId(String name) {
    @Nullable LinkupForeignPeer peer = aliases.get(name);
    return peer == null ? name : peer.address().id();
  }

  /** Whether {@code name} is that of a further conversation, and not an id. */
  boolean isAlias(String name) {
    return aliases.containsKey(name);
  }

  /** The peer that has a conversation of that name, or that id; null if there is none. */
  @Nullable
  LinkupForeignPeer named(String name) {
    @Nullable LinkupForeignPeer aliased = aliases.get(name);
    return aliased == null ? peers.get(name) : aliased;
  }

  // ---- peers

  /** The sender of a signal, which is watched from now on. */
  LinkupForeignPeer sender(ForeignSignal signal) {
    String id = signal.from().id();
    @Nullable LinkupForeignPeer known = peers.get(id);
    if (known == null || !known.dialect().equals(signal.signal().dialect())) {
      if (peers.size() >= MAX_PEERS) {
        evictEldest();
      }
      known = new LinkupForeignPeer(signal.from(), signal.signal().dialect());
      peers.put(id, known);
    }
    session.watch(signal.from());
    return known;
  }

  /** Evicts the first peer without a conversation, or else the first one. */
  private void evictEldest() {
    LinkupForeignPeer eldest = peers.values().iterator().next();
    for (LinkupForeignPeer each : peers.values()) {
      if (each.conversations().isEmpty()) {
        eldest = each;
        break;
      }
    }
    refuseUnanswered(eldest);
    closeAll(eldest);
    peers.remove(eldest.address().id());
    early.forget(eldest.address());
    session.unwatch(eldest.address());
  }

  /** A watched peer has left. */
  void departed(PeerAddress address) {
    early.forget(address);
    @Nullable LinkupForeignPeer peer = peers.get(address.id());
    if (peer != null) {
      closeAll(peer);
      calls.markSettled(address.id());
      if (!peer.isCalledByClient()) {
        peers.remove(address.id());
      }
    }
  }

  /** The client has left or released its id: refuses the offers that it has not answered. */
  void end() {
    for (LinkupForeignPeer peer : peers.values()) {
      refuseUnanswered(peer);
      session.unwatch(peer.address());
    }
    peers.clear();
    aliases.clear();
    early.clear();
  }

  private void refuseUnanswered(LinkupForeignPeer peer) {
    for (LinkupConversation each : peer.conversations()) {
      @Nullable Signal offer = each.unanswered();
      if (offer != null) {
        session.refuse(offer, Cause.GONE);
      }
    }
  }

  // ---- conversations

  /** The conversation that a signal names, or that without a key; null if there is none. */
  @Nullable
  LinkupConversation conversation(ForeignSignal signal) {
    @Nullable LinkupForeignPeer peer = peers.get(signal.from().id());
    return peer == null ? null : peer.withKey(LinkupConversation.keyOf(signal));
  }

  void open(LinkupForeignPeer peer, LinkupConversation conversation) {
    peer.add(conversation);
    if (!conversation.name().equals(peer.address().id())) {
      aliases.put(conversation.name(), peer);
    }
  }

  void close(LinkupForeignPeer peer, LinkupConversation conversation) {
    peer.remove(conversation);
    conversation.releaseHeld();
    peer.markClosed(conversation.key(), conversation.fragments());
    aliases.remove(conversation.name(), peer);
  }

  private void closeAll(LinkupForeignPeer peer) {
    peer.conversations().forEach(each -> close(peer, each));
  }

  /** Closes what a signal ends: one conversation, or all of its sender if it has no key. */
  void end(ForeignSignal bye) {
    @Nullable LinkupForeignPeer peer = peers.get(bye.from().id());
    if (peer != null) {
      for (LinkupConversation each : peer.conversations()) {
        if (bye.conversation() == null || each.key().equals(bye.conversation())) {
          close(peer, each);
        }
      }
    }
    early.end(bye.from(), bye.conversation());
  }

  /** Refuses an offer that waits, since the client calls the peer itself. */
  void refuseHeld(LinkupForeignPeer peer, LinkupConversation conversation) {
    @Nullable Signal offer = conversation.unanswered();
    Content.@Nullable Offer held = conversation.held();
    close(peer, conversation);
    if (held != null) {
      peer.markClosed(conversation.key(), UsernameFragments.of(held.sdp()));
      early.refuse(peer.address(), conversation.keyOrNull(), held.sdp());
    }
    if (offer != null) {
      session.refuse(offer, Cause.REJECTED);
    }
  }

  // ---- contents

  /** Sends the client a content of a conversation. */
  void send(LinkupConversation conversation, Content content) {
    client.accept(conversation.name(), content);
  }

  /** Sends the client a description, and behind it what came before. */
  void describe(
      LinkupForeignPeer peer, LinkupConversation conversation, Content description, Sdp sdp) {
    conversation.markDescribed(sdp);
    send(conversation, description);
    for (ForeignSignal each : early.take(peer.address(), conversation.keyOrNull(), sdp)) {
      send(conversation, each.content());
      session.delivered(each.signal());
    }
  }

  /** Drops what waits for a description that the client does not receive. */
  void dropDescription(ForeignSignal description, Sdp sdp) {
    early.refuse(description.from(), description.conversation(), sdp);
  }

  /** Holds a signal until the description arrives that it belongs to. */
  ForeignOutcome hold(ForeignSignal signal) {
    return early.hold(signal);
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    return session.after(delay, task);
  }

  @Override
  public void dropped(Signal signal) {
    session.drop(signal);
  }
}
