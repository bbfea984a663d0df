package dev.parley.calling;

import dev.parley.calling.CallingForeignPeer.State;
import dev.parley.calling.CallingHeldSignals.Held;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Reception;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Terms;
import dev.parley.signal.Undelivered.Cause;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Peers of other dialects that call, until the user has let them in or not.
 *
 * <p>rtc-lib makes an offer to members who come, and waits for the offer of those that were there
 * before. So a peer that calls is shown as a member of a room that the user is invited to.
 *
 * <p>Event loop of the session only.
 */
final class CallingIncomingCalls {

  private static final int MOST_RINGING = 32;
  private static final int MOST_RINGING_OF_ONE = 8;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final CallingOptions options;
  private final Connection connection;
  private final CallingForeignPeers guests;
  private final CallingForeignPeerEvents news;

  CallingIncomingCalls(CallingOptions options, Connection connection, CallingForeignPeers guests, CallingForeignPeerEvents news) {
    this.options = options;
    this.connection = connection;
    this.guests = guests;
    this.news = news;
  }

  // ---- ringing

  /** A peer makes an offer that belongs to no conversation: the user is invited. */
  Reception rings(ForeignSignal signal, Sdp sdp, Terms terms) {
    if (!options.canBeCalled() || guests.isFull() || ringsTooMuch(signal.from())) {
      return guests.rejects(signal, sdp);
    }
    if (signal.conversation() == null) {
      endFormer(signal.from());
    }
    CallingForeignPeer guest = guests.calls(signal, sdp, UUID.randomUUID().toString());
    if (!guest.incoming().add(Held.of(signal))) {
      return guests.rejects(signal, sdp);
    }
    guests.takeEarly(signal, sdp).forEach(held -> guests.keep(guest, held));
    var unused = connection.after(options.ringTimeout(), () -> ringsTooLong(guest));
    news.rings(guest, sdp, terms);
    guests.add(guest);
    return Reception.TAKEN;
  }

  /** Who has no keys has one connection with each peer: with a new one, the former is over. */
  private void endFormer(PeerAddress peer) {
    guests.all(CallingForeignPeers.of(peer).and(CallingForeignPeer::hasCalled).and(guest -> guest.key() == null))
        .forEach(guests::end);
  }

  /** One peer alone must not keep all others from calling. */
  private boolean ringsTooMuch(PeerAddress peer) {
    List<CallingForeignPeer> ringing = guests.all(guest -> guest.state() != State.PRESENT);
    return ringing.size() >= MOST_RINGING
        || ringing.stream().filter(CallingForeignPeers.of(peer)).count() >= MOST_RINGING_OF_ONE;
  }

  private void ringsTooLong(CallingForeignPeer guest) {
    switch (guest.state()) {
      case RINGING -> {
        if (guests.contains(guest)) {
          news.hangsUp(guest);
          guests.turnAway(guest, Cause.EXPIRED);
        }
      }
      // It may yet come to nothing.
      case JOINING -> {
        var unused = connection.after(LOOK_AGAIN, () -> ringsTooLong(guest));
      }
      case PRESENT -> {}
    }
  }

  // ---- what the user does about it

  /** The guest that has called and waits; null if the handle is not that of its invitation. */
  @Nullable
  CallingForeignPeer ringing(long handle) {
    return guests.first(guest -> guest.state() == State.RINGING && guest.handle() == handle);
  }

  /** The user could not get into the room: it may try again. */
  void staysOut(CallingForeignPeer guest) {
    guest.rings();
    guest.hasLeftEarly();
  }

  /** The user is in the room, and so is the guest; the user hears what has waited. */
  void isIn(CallingForeignPeer guest, long entry) {
    CallingForeignPeer other = guests.in(guest.room(), guest.id());
    if (other != null) {
      guests.remove(other);
    }
    guest.enters(entry);
    if (!guest.hasLeftEarly()) {
      guest.incoming().take().forEach(held -> news.says(guest, held.content()));
    }
  }

  /** The user does not want to. */
  void denies(CallingForeignPeer guest) {
    guests.turnAway(guest, Cause.REJECTED);
  }
}
