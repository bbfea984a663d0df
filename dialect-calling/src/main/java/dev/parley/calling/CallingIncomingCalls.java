package dev.parley.calling;

import dev.parley.calling.CallingForeignPeer.State;
import dev.parley.dialect.Connection;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.group.ForeignCommand.TakeCall;
import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupAnswer.Brought;
import dev.parley.group.InvitationCommand.Accept;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.OfferHints;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Undelivered.Cause;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls of peers of other dialects, until the user has accepted or denied them.
 *
 * <p>rtc-lib makes an offer to members who join, and waits for the offer of those who are there
 * already. So a peer that calls is shown as a member of a room that the user is invited to.
 *
 * <p>Event loop of the session only.
 */
final class CallingIncomingCalls {

  private static final int MAX_RINGING = 32;
  private static final int MAX_RINGING_OF_ONE = 8;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final PeerAddress self;
  private final CallingOptions options;
  private final Connection connection;
  private final CallingGroupCommands groups;
  private final CallingForeignPeers peers;
  private final CallingForeignPeerEvents events;

  CallingIncomingCalls(PeerAddress self, CallingOptions options, Connection connection,
      CallingGroupCommands groups, CallingForeignPeers peers, CallingForeignPeerEvents events) {
    this.self = self;
    this.options = options;
    this.connection = connection;
    this.groups = groups;
    this.peers = peers;
    this.events = events;
  }

  // ---- ringing

  /** Handles an offer that belongs to no conversation: invites the user. */
  ForeignOutcome ring(ForeignSignal signal, Sdp sdp, OfferHints terms) {
    if (!options.canBeCalled() || peers.isFull() || ringsTooMuch(signal.from())) {
      return peers.reject(signal, sdp);
    }
    if (signal.conversation() == null) {
      endFormer(signal.from());
    }
    CallingForeignPeer caller = peers.caller(signal, sdp, UUID.randomUUID().toString());
    CallingHeldSignal offer = CallingHeldSignal.of(signal);
    if (!caller.conversation().incoming().add(offer, offer.weight())) {
      return peers.reject(signal, sdp);
    }
    peers.takeEarly(signal, sdp).forEach(held -> peers.keep(caller, held));
    var unused = connection.after(options.ringTimeout(), () -> timeOut(caller));
    events.invited(caller, sdp, terms);
    peers.add(caller);
    return ForeignOutcome.TAKEN;
  }

  /** A peer without keys has one connection with each other peer: a new one ends the former. */
  private void endFormer(PeerAddress address) {
    peers.all(CallingForeignPeers.of(address)
        .and(each -> each.conversation().isCalledByPeer() && each.conversation().key() == null))
        .forEach(peers::end);
  }

  /** One peer alone must not keep all others from calling. */
  private boolean ringsTooMuch(PeerAddress address) {
    List<CallingForeignPeer> ringing = peers.all(each -> !each.isPresent());
    return ringing.size() >= MAX_RINGING
        || ringing.stream().filter(CallingForeignPeers.of(address)).count() >= MAX_RINGING_OF_ONE;
  }

  private void timeOut(CallingForeignPeer caller) {
    switch (caller.state()) {
      case RINGING -> {
        if (peers.contains(caller)) {
          events.cancelled(caller);
          peers.refuse(caller, Cause.EXPIRED);
        }
      }
      // The user may still fail to join.
      case JOINING -> {
        var unused = connection.after(RETRY, () -> timeOut(caller));
      }
      case PRESENT -> {}
    }
  }

  // ---- the reply of the user

  /** Accepts a call; {@code answer} is called once. */
  void accept(Accept accept, Consumer<GroupAnswer> answer) {
    CallingForeignPeer caller = ringing(accept.handle());
    if (caller == null) {
      groups.ask(accept, answer);
      return;
    }
    caller.markJoining();
    TakeCall taken = new TakeCall(self, caller.room(), accept.status(), options.linger(),
        caller.id(), caller.dialect());
    groups.ask(taken, result -> {
      if (result instanceof Brought(long entry)) {
        answer.accept(new GroupAnswer.Done());
        join(caller, entry);
      } else {
        answer.accept(result);
        caller.markRinging();
        caller.endIfLeft();
      }
    });
  }

  /** Denies a call; {@code answer} is called once. */
  void deny(Deny deny, Consumer<GroupAnswer> answer) {
    CallingForeignPeer caller = ringing(deny.handle());
    if (caller == null) {
      groups.ask(deny, answer);
    } else {
      answer.accept(new GroupAnswer.Done());
      peers.refuse(caller, Cause.REJECTED);
    }
  }

  /** The caller with that handle; null if it is that of another invitation. */
  private @Nullable CallingForeignPeer ringing(long handle) {
    return peers.first(each -> each.state() == State.RINGING && each.handle() == handle);
  }

  /** Both are in the room: sends the user what has waited. */
  private void join(CallingForeignPeer caller, long entry) {
    CallingForeignPeer former = peers.in(caller.room(), caller.id());
    if (former != null) {
      peers.remove(former);
    }
    caller.markPresent(entry);
    if (!caller.endIfLeft()) {
      caller.conversation().incoming().take()
          .forEach(held -> events.said(caller, held.content()));
    }
  }
}
