package dev.parley.calling;

import dev.parley.dialect.Switchboard;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.OfferHints;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered.Cause;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends the user's messages to peers of other dialects, as signals that {@link CallingInterpreter}
 * translates. Event loop of the session only.
 */
final class CallingOutgoingSignals {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final PeerAddress self;
  private final CallingInterpreter interpreter;
  private final Switchboard switchboard;
  private final CallingForeignPeers peers;

  private long references;

  CallingOutgoingSignals(PeerAddress self, CallingInterpreter interpreter,
      Switchboard switchboard, CallingForeignPeers peers) {
    this.self = self;
    this.interpreter = interpreter;
    this.switchboard = switchboard;
    this.peers = peers;
  }

  /** Sends a message to a peer. */
  void send(CallingForeignPeer peer, SendToMember message) {
    Content content = interpreter.content(message.name(), message.data());
    Signal signal =
        signal(peer, CallingInterpreter.kind(content), message.name(), message.data());
    switch (content) {
      case Content.Offer(Sdp sdp, OfferHints terms) -> offer(peer, signal, sdp, terms);
      case Content.Answer(Sdp sdp, OfferHints terms) -> answer(peer, signal, sdp);
      case Content.Candidate candidate -> candidate(peer, signal, content);
      case Content.EndOfCandidates end -> candidate(peer, signal, content);
      default -> send(peer, signal, 0);
    }
  }

  /** Ends the conversation, since the user leaves the room. */
  void hangUp(CallingForeignPeer peer) {
    if (peer.conversation().unanswered() != null) {
      peers.refuse(peer, Cause.REJECTED);
      return;
    }
    peers.remove(peer);
    if (peer.conversation().hasBegun()) {
      send(peer, signal(peer, SignalKind.BYE, "", Bytes.EMPTY), 0);
    }
  }

  /**
   * When both sides make an offer at once, the one that was passed on first wins: the user's own is
   * withheld until it has answered.
   */
  private void offer(CallingForeignPeer peer, Signal signal, Sdp sdp, OfferHints terms) {
    CallingConversation conversation = peer.conversation();
    if (conversation.unanswered() != null) {
      switchboard.drop(signal, peer.dialect());
      return;
    }
    Optional<String> origin = sdp.sessionId();
    if (conversation.wouldBegin(origin)) {
      peers.begin(peer, newKey());
    }
    conversation.markOfferedByUser(origin, terms.channels(), ++references);
    send(peer, signal, references);
    sendHeld(peer);
  }

  private void answer(CallingForeignPeer peer, Signal signal, Sdp sdp) {
    if (peer.conversation().unanswered() == null) {
      switchboard.drop(signal, peer.dialect());
      return;
    }
    peer.conversation().markAnsweredByUser(sdp.sessionId(), ++references);
    send(peer, signal, references);
    sendHeld(peer);
  }

  /** A candidate must not arrive before its description. */
  private void candidate(CallingForeignPeer peer, Signal signal, Content content) {
    if (peer.conversation().isOwnDescribed()) {
      send(peer, signal, 0);
      return;
    }
    CallingHeldSignal held = CallingHeldSignal.of(signal, content);
    if (!peer.conversation().outgoing().add(held, held.weight())) {
      switchboard.drop(signal.header(), peer.dialect());
    }
  }

  private void sendHeld(CallingForeignPeer peer) {
    peer.conversation().outgoing().take().forEach(held -> send(peer, held.signal(), 0));
  }

  private Signal signal(CallingForeignPeer peer, SignalKind kind, String name, Bytes payload) {
    return new Signal(kind, self, peer.peer(), CallingDialect.NAME, name, payload, 0);
  }

  /**
   * Sends a signal of the conversation.
   *
   * @param reference identifies it if it is not delivered; 0 if that has no consequence
   */
  private void send(CallingForeignPeer peer, Signal signal, long reference) {
    switchboard.send(new Signal(signal.kind(), signal.from(), signal.to(), signal.dialect(),
        signal.name(), signal.payload(), reference, peer.conversation().key()), Duration.ZERO);
  }

  private static String newKey() {
    return "rtc_" + Long.toUnsignedString(RANDOM.nextLong(), Character.MAX_RADIX);
  }
}
