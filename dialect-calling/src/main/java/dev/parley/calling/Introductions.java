package dev.parley.calling;

import dev.parley.dialect.Switchboard;
import dev.parley.signal.Peer;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Undelivered.Cause;
import java.time.Duration;

/**
 * Brings peers of other dialects into the user's rooms, and sees to it that all users there know of
 * them: the sessions of users who are in one room tell each other ({@link Introduction}).
 *
 * <p>To rtc-lib, a peer that is brought in is one who comes: so it makes the offer.
 *
 * <p>Event loop of the session only.
 */
final class Introductions {

  private final PeerAddress self;
  private final Switchboard switchboard;
  private final Guests guests;
  private final GuestNews news;
  private final OutgoingSignals outgoing;
  private final Attendance attendance;

  Introductions(PeerAddress self, Switchboard switchboard, Guests guests, GuestNews news,
      OutgoingSignals outgoing) {
    this.self = self;
    this.switchboard = switchboard;
    this.guests = guests;
    this.news = news;
    this.outgoing = outgoing;
    this.attendance = new Attendance(
        (room, user) -> guests.all(Guests.isIn(room)).forEach(guest -> introduce(guest, user)));
  }

  /** Who is where with the user. */
  Attendance attendance() {
    return attendance;
  }

  /** The user brings a peer in, who comes at once. */
  void enter(Peer peer, String room) {
    welcome(peer, room, false);
  }

  /**
   * The user invites a peer, who has accepted at once: peers of other dialects cannot be asked
   * before there is an offer. Returns it with the handle of the invitation; what that comes to is
   * told by {@link #accepts}.
   */
  Guest invite(Peer peer, String room) {
    return welcome(peer, room, true);
  }

  /** The user knows the handle of its invitation, and hears what came of it. */
  void accepts(Guest guest) {
    news.accepts(guest);
  }

  private Guest welcome(Peer peer, String room, boolean pending) {
    Guest guest = Guest.invited(peer.address(), peer.dialect(), room, guests.nextHandle());
    guests.add(guest);
    news.comes(guest, pending);
    attendance.others(room).forEach(user -> introduce(guest, user));
    return guest;
  }

  private void introduce(Guest guest, String user) {
    switchboard.send(new Introduction(guest.room(), guest.id(), guest.dialect())
        .signal(self, self.neighbour(user)), Duration.ZERO);
  }

  /** Another user has a guest in a room; the user sees it, too, if it is there. */
  void meet(Introduction met) {
    if (attendance.isIn(met.room()) && guests.in(met.room(), met.peer()) == null
        && !guests.isFull()) {
      Guest guest = Guest.invited(
          self.neighbour(met.peer()), met.dialect(), met.room(), guests.nextHandle());
      guests.add(guest);
      news.comes(guest, false);
    }
  }

  /** The user has left a room, and with it the guests there. */
  void leaves(String room) {
    attendance.left(room);
    for (Guest each : guests.all(Guests.isIn(room))) {
      if (each.unanswered() != null) {
        guests.turnAway(each, Cause.REJECTED);
      } else {
        guests.remove(each);
        if (each.hasBegun()) {
          outgoing.bye(each);
        }
      }
    }
  }
}
