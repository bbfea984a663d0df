package dev.parley.calling;

import dev.parley.calling.CallingHeldSignals.Held;
import dev.parley.dialect.Switchboard;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Terms;
import dev.parley.signal.Undelivered.Cause;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/**
 * What the user says to its guests, as signals that their dialects can read. Event loop of the
 * session only.
 */
final class CallingOutgoingSignals {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final PeerAddress self;
  private final CallingSignalingReader events;
  private final Switchboard switchboard;
  private final CallingForeignPeers guests;

  private long references;

  CallingOutgoingSignals(
      PeerAddress self, CallingSignalingReader events, Switchboard switchboard, CallingForeignPeers guests) {
    this.self = self;
    this.events = events;
    this.switchboard = switchboard;
    this.guests = guests;
  }

  /** The user says something to a guest. */
  void says(CallingForeignPeer guest, SendToMember said) {
    Content content = events.read(said.name(), said.data());
    Signal signal = signal(guest, CallingSignalingReader.kind(content), said.name(), said.data());
    switch (content) {
      case Content.Offer(Sdp sdp, Terms terms) -> offers(guest, signal, sdp, terms);
      case Content.Answer(Sdp sdp, Terms terms) -> answers(guest, signal, sdp);
      case Content.Candidate candidate -> follows(guest, signal, content);
      case Content.EndOfCandidates end -> follows(guest, signal, content);
      default -> send(guest, signal, 0);
    }
  }

  /** The user leaves the room that the guest is in, and so ends the conversation. */
  void hangUp(CallingForeignPeer guest) {
    if (guest.unanswered() != null) {
      guests.turnAway(guest, Cause.REJECTED);
      return;
    }
    guests.remove(guest);
    if (guest.hasBegun()) {
      send(guest, signal(guest, SignalKind.BYE, "", Bytes.EMPTY), 0);
    }
  }

  /**
   * If both make an offer at once, the one that was passed on first counts: the user's own is
   * withheld until it has answered.
   */
  private void offers(CallingForeignPeer guest, Signal signal, Sdp sdp, Terms terms) {
    if (guest.unanswered() != null) {
      switchboard.drop(signal, guest.dialect());
      return;
    }
    Optional<String> origin = sdp.sessionId();
    if (guest.wouldBegin(origin)) {
      guests.begin(guest, newKey());
    }
    guest.isCalled(origin, terms.channels(), ++references);
    send(guest, signal, references);
    sendWaiting(guest);
  }

  private void answers(CallingForeignPeer guest, Signal signal, Sdp sdp) {
    if (guest.unanswered() == null) {
      switchboard.drop(signal, guest.dialect());
      return;
    }
    guest.isAnsweredByUser(sdp.sessionId(), ++references);
    send(guest, signal, references);
    sendWaiting(guest);
  }

  /** A candidate must not come before the description that it belongs to. */
  private void follows(CallingForeignPeer guest, Signal signal, Content content) {
    if (guest.isOwnDescribed()) {
      send(guest, signal, 0);
    } else if (!guest.outgoing().add(Held.of(signal, content))) {
      switchboard.drop(signal.header(), guest.dialect());
    }
  }

  private void sendWaiting(CallingForeignPeer guest) {
    guest.outgoing().take().forEach(held -> send(guest, held.signal(), 0));
  }

  private Signal signal(CallingForeignPeer guest, SignalKind kind, String name, Bytes payload) {
    return new Signal(kind, self, guest.peer(), CallingDialect.NAME, name, payload, 0);
  }

  /**
   * Sends a signal within the conversation.
   *
   * @param reference by which it is known if it comes back; 0 if nothing is made of that
   */
  private void send(CallingForeignPeer guest, Signal signal, long reference) {
    switchboard.send(new Signal(signal.kind(), signal.from(), signal.to(), signal.dialect(),
        signal.name(), signal.payload(), reference, guest.key()), Duration.ZERO);
  }

  private static String newKey() {
    return "rtc_" + Long.toUnsignedString(RANDOM.nextLong(), Character.MAX_RADIX);
  }
}
