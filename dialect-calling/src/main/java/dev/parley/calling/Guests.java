package dev.parley.calling;

import dev.parley.calling.Guest.Held;
import dev.parley.calling.Guest.State;
import dev.parley.dialect.Switchboard;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The peers of other dialects that one user has to do with, each in a room: who there is, and how
 * each is seen off. To the user's client they are members like others. Groups know nothing of them;
 * users who are in one room have each their own conversation with a guest.
 *
 * <p>How they come to be there is said by {@link Callers} (they call) and {@link Introductions}
 * (users bring them in); what is said by {@link IncomingSignals} and {@link OutgoingSignals}.
 *
 * <p>Event loop of the session only.
 */
final class Guests {

  private static final int MOST = 256;

  /** Far from the handles that groups give, which count from 0; exact in JavaScript. */
  private static final long FIRST_HANDLE = 1L << 40;

  private final Switchboard switchboard;
  private final GuestNews news;
  private final List<Guest> guests = new ArrayList<>(0);

  private long handles = FIRST_HANDLE;

  Guests(Switchboard switchboard, GuestNews news) {
    this.switchboard = switchboard;
    this.news = news;
  }

  // ---- who is there

  /** The guest of that id in a room; null if there is none. */
  @Nullable
  Guest in(String room, String id) {
    return first(isIn(room).and(guest -> guest.id().equals(id)));
  }

  boolean isFull() {
    return guests.size() >= MOST;
  }

  boolean contains(Guest guest) {
    return guests.contains(guest);
  }

  @Nullable
  Guest first(Predicate<Guest> wanted) {
    for (Guest each : guests) {
      if (wanted.test(each)) {
        return each;
      }
    }
    return null;
  }

  List<Guest> all(Predicate<Guest> wanted) {
    return guests.stream().filter(wanted).toList();
  }

  /** The latest of those that fit: what has no key belongs to what is going on now. */
  @Nullable
  Guest latest(Predicate<Guest> wanted) {
    List<Guest> all = all(wanted);
    return all.isEmpty() ? null : all.getLast();
  }

  static Predicate<Guest> of(PeerAddress peer) {
    return guest -> guest.peer().equals(peer);
  }

  /** The one conversation that a signal with a key belongs to. */
  static Predicate<Guest> of(ForeignSignal signal) {
    return of(signal.from()).and(
        guest -> signal.conversation() != null && signal.conversation().equals(guest.key()));
  }

  /** Who is in a room, and does not only ring. */
  static Predicate<Guest> isIn(String room) {
    return guest -> guest.state() == State.PRESENT && guest.room().equals(room);
  }

  // ---- beginning and end

  /** A number by which the client knows an invitation. */
  long nextHandle() {
    return handles++;
  }

  void add(Guest guest) {
    guests.add(guest);
    switchboard.watch(guest.peer());
  }

  /** A guest is gone, or hangs up: the user is told. */
  void end(Guest guest) {
    switch (guest.state()) {
      case RINGING -> {
        remove(guest);
        news.hangsUp(guest);
      }
      case JOINING -> guest.leavesEarly();
      case PRESENT -> {
        remove(guest);
        news.leaves(guest);
      }
    }
  }

  /** A peer is not there any more. */
  void departed(PeerAddress peer) {
    all(of(peer)).forEach(this::end);
  }

  /** The user does not answer a guest's offer, who is told why. */
  void turnAway(Guest guest, Cause cause) {
    Signal offer = guest.unanswered();
    remove(guest);
    if (offer != null) {
      switchboard.refuse(offer, cause);
    }
  }

  /** The user is gone: who waits for its answer is told. */
  void endAll() {
    List.copyOf(guests).forEach(each -> turnAway(each, Cause.GONE));
  }

  /** Takes a guest out, of which nobody has to be told any more. */
  void remove(Guest guest) {
    guests.remove(guest);
    dropIncoming(guest);
    guest.takeOutgoing().forEach(
        held -> switchboard.drop(held.signal().header(), guest.dialect()));
    if (guests.stream().noneMatch(of(guest.peer()))) {
      switchboard.unwatch(guest.peer());
    }
  }

  /** What had to wait for the user is not wanted any more; the offer is answered for elsewhere. */
  void dropIncoming(Guest guest) {
    for (Held each : guest.takeIncoming()) {
      if (each.signal().kind() != SignalKind.OFFER) {
        switchboard.drop(each.signal(), CallingDialect.NAME);
      }
    }
  }
}
