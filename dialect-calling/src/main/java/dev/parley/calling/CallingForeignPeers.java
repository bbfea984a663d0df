package dev.parley.calling;

import dev.parley.calling.CallingForeignPeer.State;
import dev.parley.calling.CallingHeldSignals.Held;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Reception;
import dev.parley.dialect.Switchboard;
import dev.parley.group.ForeignCommand;
import dev.parley.group.ForeignCommand.Lose;
import dev.parley.group.ForeignCommand.Remove;
import dev.parley.group.RoomEvent.ForeignAdded;
import dev.parley.group.RoomEvent.ForeignRemoved;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered.Cause;
import dev.parley.webrtc.CandidateBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One user's conversations with peers of other dialects, each in a room. Who is in a room is known
 * to groups, whose foreign members they are; here is what is said to them, and how each is seen
 * off. Calls that the user has not taken are here too ({@link CallingIncomingCalls}): they are no members yet.
 *
 * <p>Event loop of the session only.
 */
final class CallingForeignPeers implements CandidateBuffer.Owner {

  private static final int MAX_GUESTS = 256;

  /** Far from the handles that groups give, which count from 0; exact in JavaScript. */
  private static final long FIRST_HANDLE = 1L << 40;

  private final PeerAddress self;
  private final Switchboard switchboard;
  private final CallingGroupCommands groups;
  private final CallingForeignPeerEvents news;
  private final Connection connection;
  private final CandidateBuffer early;
  private final CallingHeldSignals.Budget budget;
  private final List<CallingForeignPeer> guests = new ArrayList<>(0);

  private long handles = FIRST_HANDLE;

  CallingForeignPeers(PeerAddress self, Switchboard switchboard, Connection connection, CallingGroupCommands groups,
      CallingForeignPeerEvents news) {
    this.self = self;
    this.switchboard = switchboard;
    this.groups = groups;
    this.news = news;
    this.connection = connection;
    this.early = new CandidateBuffer(this, switchboard.reserve());
    this.budget = new CallingHeldSignals.Budget(switchboard.reserve());
  }

  // ---- who is there

  /** The guest of that id in a room; null if there is none. */
  @Nullable
  CallingForeignPeer in(String room, String id) {
    // Asked for whatever one user says to another: no predicate is made.
    for (CallingForeignPeer each : guests) {
      if (each.isIn(room) && each.id().equals(id)) {
        return each;
      }
    }
    return null;
  }

  boolean isFull() {
    return guests.size() >= MAX_GUESTS;
  }

  boolean contains(CallingForeignPeer guest) {
    return guests.contains(guest);
  }

  @Nullable
  CallingForeignPeer first(Predicate<CallingForeignPeer> wanted) {
    for (CallingForeignPeer each : guests) {
      if (wanted.test(each)) {
        return each;
      }
    }
    return null;
  }

  List<CallingForeignPeer> all(Predicate<CallingForeignPeer> wanted) {
    return guests.stream().filter(wanted).toList();
  }

  /** The latest of those that fit: what has no key belongs to what is going on now. */
  @Nullable
  CallingForeignPeer latest(Predicate<CallingForeignPeer> wanted) {
    List<CallingForeignPeer> all = all(wanted);
    return all.isEmpty() ? null : all.getLast();
  }

  static Predicate<CallingForeignPeer> of(PeerAddress peer) {
    return guest -> guest.peer().equals(peer);
  }

  /** The one conversation that a signal with a key belongs to. */
  static Predicate<CallingForeignPeer> of(ForeignSignal signal) {
    return of(signal.from()).and(
        guest -> signal.conversation() != null && signal.conversation().equals(guest.key()));
  }

  /** Who is in a room, and does not only ring. */
  static Predicate<CallingForeignPeer> isIn(String room) {
    return guest -> guest.isIn(room);
  }

  // ---- beginning

  /** A number by which the client knows an invitation. */
  long nextHandle() {
    return handles++;
  }

  /** A peer has called; it waits for the user. */
  CallingForeignPeer calls(ForeignSignal offer, Sdp sdp, String room) {
    CallingForeignPeer guest = new CallingForeignPeer(
        offer.from(), offer.signal().dialect(), room, nextHandle(), State.RINGING, budget);
    guest.calls(offer.signal(), offer.conversation(), sdp);
    return guest;
  }

  void add(CallingForeignPeer guest) {
    guests.add(guest);
    switchboard.watch(guest.peer());
  }

  /** Groups have a foreign member that is there for the user. */
  void comes(ForeignAdded added) {
    CallingForeignPeer guest = new CallingForeignPeer(self.neighbour(added.peer()), added.dialect(), added.room(),
        nextHandle(), State.PRESENT, budget);
    guest.enters(added.entry());
    add(guest);
  }

  // ---- end

  /** Groups have removed a foreign member; whether the user still had it. */
  boolean goes(ForeignRemoved removed) {
    CallingForeignPeer guest = in(removed.room(), removed.peer());
    if (guest == null || guest.entry() != removed.entry()) {
      return false;
    }
    remove(guest);
    return true;
  }

  /** A guest hangs up on the user, or has not been reached; the client hears of it. */
  void end(CallingForeignPeer guest) {
    end(guest, over -> new Lose(self, over.room(), over.id(), over.entry()));
  }

  /** A peer is not there any more. */
  void departed(PeerAddress peer) {
    early.forget(peer);
    all(of(peer)).forEach(guest -> end(guest,
        over -> new Remove(self, over.room(), over.id(), over.entry())));
  }

  private void end(CallingForeignPeer guest, Function<CallingForeignPeer, ForeignCommand> report) {
    switch (guest.state()) {
      case RINGING -> {
        remove(guest);
        news.hangsUp(guest);
      }
      case JOINING -> guest.leavesEarly(() -> end(guest, report));
      case PRESENT -> {
        remove(guest);
        news.leaves(guest);
        groups.report(report.apply(guest), () -> !isBack(guest));
      }
    }
  }

  /** The user has left the room and come back, and the guest's membership has gone on. */
  private boolean isBack(CallingForeignPeer gone) {
    CallingForeignPeer now = in(gone.room(), gone.id());
    return now != null && now.entry() == gone.entry();
  }

  /** The user does not answer a guest's offer, who is told why. */
  void turnAway(CallingForeignPeer guest, Cause cause) {
    Signal offer = guest.unanswered();
    remove(guest);
    if (offer != null) {
      switchboard.refuse(offer, cause);
    }
  }

  /** The user is gone: who waits for its answer is told. */
  void endAll() {
    List.copyOf(guests).forEach(each -> turnAway(each, Cause.GONE));
    early.clear();
  }

  /** Takes a guest out, of which nobody has to be told any more. */
  void remove(CallingForeignPeer guest) {
    guests.remove(guest);
    dropIncoming(guest);
    guest.outgoing().take().forEach(
        held -> switchboard.drop(held.signal().header(), guest.dialect()));
    endOwnEarly(guest);
    unwatchUnlessNeeded(guest.peer());
  }

  private void unwatchUnlessNeeded(PeerAddress peer) {
    if (!early.holds(peer) && guests.stream().noneMatch(of(peer))) {
      switchboard.unwatch(peer);
    }
  }

  /** What had to wait for the user is not wanted any more; the offer is answered for elsewhere. */
  void dropIncoming(CallingForeignPeer guest) {
    for (Held each : guest.incoming().take()) {
      if (each.signal().kind() != SignalKind.OFFER) {
        drop(each);
      }
    }
  }

  /** Has something wait for the user, if there is room. */
  void keep(CallingForeignPeer guest, Held held) {
    if (!guest.incoming().add(held)) {
      drop(held);
    }
  }

  private void drop(Held held) {
    switchboard.drop(held.signal(), CallingDialect.NAME);
  }

  /** The user begins a conversation with a guest; a former one is over. */
  void begin(CallingForeignPeer guest, String key) {
    dropIncoming(guest);
    endOwnEarly(guest);
    guest.begin(key);
  }

  // ---- what comes before its description

  /** Holds what belongs to a description that has not come. */
  Reception hold(ForeignSignal signal) {
    Reception held = early.hold(signal);
    if (held == Reception.HELD) {
      switchboard.watch(signal.from());
    }
    return held;
  }

  /** A description has come: what belongs to it and has come before, in order. */
  List<Held> takeEarly(ForeignSignal description, Sdp sdp) {
    return early.take(description.from(), description.conversation(), sdp).stream()
        .map(signal -> {
          switchboard.delivered(signal.signal());
          return Held.of(signal);
        })
        .toList();
  }

  /** An offer is not for the user: nor is what belongs to it. */
  Reception rejects(ForeignSignal offer, Sdp sdp) {
    early.refuse(offer.from(), offer.conversation(), sdp);
    return Reception.REJECTED;
  }

  /** A conversation will not begin; without a key, none of the peer. */
  void endEarly(PeerAddress peer, @Nullable String key) {
    early.end(peer, key);
  }

  /** Without a key, what is held may belong to the next conversation. */
  private void endOwnEarly(CallingForeignPeer over) {
    if (over.key() != null) {
      early.end(over.peer(), over.key());
    }
  }

  @Override
  public Connection.Timer after(Duration delay, Runnable task) {
    return connection.after(delay, task);
  }

  @Override
  public void dropped(Signal signal) {
    switchboard.drop(signal, CallingDialect.NAME);
    unwatchUnlessNeeded(signal.from());
  }
}
