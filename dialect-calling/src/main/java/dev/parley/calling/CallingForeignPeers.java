package dev.parley.calling;

import dev.parley.calling.CallingForeignPeer.State;
import dev.parley.dialect.Connection;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Reserve;
import dev.parley.dialect.support.CandidateBuffer;
import dev.parley.dialect.support.ForeignPeerContext;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The peers of other dialects that one user communicates with, each in a room. Their membership is
 * kept by groups; here are their conversations, and how each ends. Peers that call the user are
 * here too ({@link CallingIncomingCalls}), though they are not members yet.
 *
 * <p>Event loop of the session only.
 */
final class CallingForeignPeers implements CandidateBuffer.Owner {

  private static final int MAX_PEERS = 256;

  /** Far from the handles of groups, which count from 0; exact in JavaScript. */
  private static final long FIRST_HANDLE = 1L << 40;

  private final PeerAddress self;
  private final ForeignPeerContext session;
  private final CallingGroupCommands groups;
  private final CallingForeignPeerEvents events;
  private final CandidateBuffer early;
  private final Reserve reserve;
  private final List<CallingForeignPeer> peers = new ArrayList<>(0);

  private long handles = FIRST_HANDLE;

  CallingForeignPeers(PeerAddress self, ForeignPeerContext session, CallingGroupCommands groups,
      CallingForeignPeerEvents events) {
    this.self = self;
    this.session = session;
    this.groups = groups;
    this.events = events;
    this.early = new CandidateBuffer(this, session.reserve());
    this.reserve = CallingHeldSignal.ofSession(session.reserve());
  }

  // ---- queries

  /** The peer with that id in a room; null if there is none. */
  @Nullable
  CallingForeignPeer in(String room, String id) {
    // Called for each message between users: no predicate is allocated.
    for (CallingForeignPeer each : peers) {
      if (each.isIn(room) && each.id().equals(id)) {
        return each;
      }
    }
    return null;
  }

  boolean isFull() {
    return peers.size() >= MAX_PEERS;
  }

  boolean contains(CallingForeignPeer peer) {
    return peers.contains(peer);
  }

  @Nullable
  CallingForeignPeer first(Predicate<CallingForeignPeer> wanted) {
    for (CallingForeignPeer each : peers) {
      if (wanted.test(each)) {
        return each;
      }
    }
    return null;
  }

  List<CallingForeignPeer> all(Predicate<CallingForeignPeer> wanted) {
    return peers.stream().filter(wanted).toList();
  }

  /** The latest match: a signal without a key belongs to the latest conversation. */
  @Nullable
  CallingForeignPeer latest(Predicate<CallingForeignPeer> wanted) {
    List<CallingForeignPeer> all = all(wanted);
    return all.isEmpty() ? null : all.getLast();
  }

  static Predicate<CallingForeignPeer> of(PeerAddress address) {
    return each -> each.peer().equals(address);
  }

  /** The conversation that a signal with a key belongs to. */
  static Predicate<CallingForeignPeer> of(ForeignSignal signal) {
    return of(signal.from()).and(each -> signal.conversation() != null
        && signal.conversation().equals(each.conversation().key()));
  }

  // ---- beginning

  /** A new handle of an invitation. */
  long nextHandle() {
    return handles++;
  }

  /** A peer that calls the user; not added yet. */
  CallingForeignPeer caller(ForeignSignal offer, Sdp sdp, String room) {
    CallingForeignPeer caller = new CallingForeignPeer(
        offer.from(), offer.signal().dialect(), room, nextHandle(), State.RINGING, reserve);
    caller.conversation().beginByPeer(offer.signal(), offer.conversation(), sdp);
    return caller;
  }

  void add(CallingForeignPeer peer) {
    peers.add(peer);
    session.watch(peer.peer());
  }

  /** Adds a member that groups have added for the user. */
  void add(ForeignAdded added) {
    CallingForeignPeer peer = new CallingForeignPeer(self.neighbour(added.peer()),
        added.dialect(), added.room(), nextHandle(), State.PRESENT, reserve);
    peer.markPresent(added.entry());
    add(peer);
  }

  /** The user makes an offer that begins a conversation; a former one is over. */
  void begin(CallingForeignPeer peer, String key) {
    dropIncoming(peer);
    endOwnEarly(peer);
    peer.conversation().beginByUser(key);
  }

  // ---- end

  /** Removes a member that groups have removed; false if it was removed before. */
  boolean remove(ForeignRemoved removed) {
    CallingForeignPeer peer = in(removed.room(), removed.peer());
    if (peer == null || peer.entry() != removed.entry()) {
      return false;
    }
    remove(peer);
    return true;
  }

  /** A peer hangs up on the user, or cannot be reached; the client is informed. */
  void end(CallingForeignPeer peer) {
    end(peer, over -> new Lose(self, over.room(), over.id(), over.entry()));
  }

  /** A watched peer has left. */
  void departed(PeerAddress address) {
    early.forget(address);
    all(of(address)).forEach(peer -> end(peer,
        over -> new Remove(self, over.room(), over.id(), over.entry())));
  }

  private void end(
      CallingForeignPeer peer, Function<CallingForeignPeer, ForeignCommand> report) {
    switch (peer.state()) {
      case RINGING -> {
        remove(peer);
        events.cancelled(peer);
      }
      case JOINING -> peer.endOnceJoined(() -> end(peer, report));
      case PRESENT -> {
        remove(peer);
        events.removed(peer);
        groups.report(report.apply(peer), () -> !isBack(peer));
      }
    }
  }

  /** Whether the user has left the room and come back while the membership went on. */
  private boolean isBack(CallingForeignPeer gone) {
    CallingForeignPeer now = in(gone.room(), gone.id());
    return now != null && now.entry() == gone.entry();
  }

  /** Removes a peer whose offer the user does not answer, and refuses the offer. */
  void refuse(CallingForeignPeer peer, Cause cause) {
    Signal offer = peer.conversation().unanswered();
    remove(peer);
    if (offer != null) {
      session.refuse(offer, cause);
    }
  }

  /** The user is gone: refuses the offers that it has not answered. */
  void endAll() {
    List.copyOf(peers).forEach(each -> refuse(each, Cause.GONE));
    early.clear();
  }

  /** Removes a peer without informing the client. */
  void remove(CallingForeignPeer peer) {
    peers.remove(peer);
    dropIncoming(peer);
    peer.conversation().outgoing().take().forEach(
        held -> session.withhold(held.signal().header(), peer.dialect()));
    endOwnEarly(peer);
    unwatchUnlessNeeded(peer.peer());
  }

  private void unwatchUnlessNeeded(PeerAddress address) {
    if (!early.holds(address) && peers.stream().noneMatch(of(address))) {
      session.unwatch(address);
    }
  }

  // ---- signals that wait

  /** Drops what waits for the user, but the offer, which is refused or answered. */
  private void dropIncoming(CallingForeignPeer peer) {
    for (CallingHeldSignal each : peer.conversation().incoming().take()) {
      if (each.signal().kind() != SignalKind.OFFER) {
        session.drop(each.signal());
      }
    }
  }

  /** Lets a signal wait for the user, or drops it if the buffer is full. */
  void keep(CallingForeignPeer peer, CallingHeldSignal held) {
    if (!peer.conversation().incoming().add(held, held.weight())) {
      session.drop(held.signal());
    }
  }

  /** Holds a signal until its description arrives. */
  ForeignOutcome hold(ForeignSignal signal) {
    ForeignOutcome held = early.hold(signal);
    if (held == ForeignOutcome.HELD) {
      session.watch(signal.from());
    }
    return held;
  }

  /** What has arrived before its description, in order. */
  List<CallingHeldSignal> takeEarly(ForeignSignal description, Sdp sdp) {
    return early.take(description.from(), description.conversation(), sdp).stream()
        .map(signal -> {
          session.delivered(signal.signal());
          return CallingHeldSignal.of(signal);
        })
        .toList();
  }

  /** Rejects an offer, and drops what has arrived before it. */
  ForeignOutcome reject(ForeignSignal offer, Sdp sdp) {
    early.refuse(offer.from(), offer.conversation(), sdp);
    return ForeignOutcome.REJECTED;
  }

  /** Drops what waits for a conversation that will not begin; without a key, all of the peer. */
  void endEarly(PeerAddress address, @Nullable String key) {
    early.end(address, key);
  }

  /** Without a key, what is held may belong to the next conversation. */
  private void endOwnEarly(CallingForeignPeer over) {
    if (over.conversation().key() != null) {
      early.end(over.peer(), over.conversation().key());
    }
  }

  @Override
  public Connection.Timer after(Duration delay, Runnable task) {
    return session.after(delay, task);
  }

  @Override
  public void dropped(Signal signal) {
    session.drop(signal);
    unwatchUnlessNeeded(signal.from());
  }
}
