package dev.parley.calling;

import dev.parley.dialect.ForeignOutcome;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.OfferHints;
import dev.parley.signal.Sdp;
import dev.parley.signal.Undelivered;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Handles signals of peers of other dialects to the user: finds the conversation of each, and
 * whether the user receives it now, later or not at all. Event loop of the session only.
 */
final class CallingIncomingSignals {

  private final CallingForeignPeers peers;
  private final CallingIncomingCalls calls;
  private final CallingForeignPeerEvents events;

  CallingIncomingSignals(
      CallingForeignPeers peers, CallingIncomingCalls calls, CallingForeignPeerEvents events) {
    this.peers = peers;
    this.calls = calls;
    this.events = events;
  }

  /** Handles a signal of a peer of another dialect. */
  ForeignOutcome receive(ForeignSignal signal) {
    return switch (signal.content()) {
      case Content.Offer(Sdp sdp, OfferHints terms) -> offered(signal, sdp, terms);
      case Content.Answer answer -> answered(signal, answer);
      case Content.Candidate candidate -> candidate(signal);
      case Content.EndOfCandidates end -> candidate(signal);
      case Content.Bye bye -> ended(signal);
      case Content.Renegotiation request -> ForeignOutcome.DROPPED;
      case Content.Custom custom -> custom(signal, custom);
    };
  }

  /** A signal of the user was not delivered: ends the conversation, if it depends on that. */
  void undelivered(Undelivered undelivered) {
    CallingForeignPeer peer = peers.first(CallingForeignPeers.of(undelivered.to()).and(
        each -> undelivered.reference() != 0
            && each.conversation().awaits(undelivered.reference())));
    if (peer == null) {
      return;
    }
    if (peer.conversation().isCalling() && peer.conversation().isDescribed()) {
      peer.conversation().markRefused();
    } else {
      peers.end(peer);
    }
  }

  private ForeignOutcome offered(ForeignSignal signal, Sdp sdp, OfferHints terms) {
    Optional<String> origin = sdp.sessionId();
    CallingForeignPeer known = signal.conversation() == null
        ? peers.latest(CallingForeignPeers.of(signal.from())
            .and(each -> each.conversation().hasOrigin(origin)))
        : peers.first(CallingForeignPeers.of(signal));
    return known == null ? calls.ring(signal, sdp, terms) : renegotiated(known, signal, sdp);
  }

  /** A further offer within a conversation. */
  private ForeignOutcome renegotiated(CallingForeignPeer peer, ForeignSignal signal, Sdp sdp) {
    boolean waits = !peer.isPresent();
    if (peer.conversation().isCalling() || (waits && !keep(peer, signal))) {
      return peers.reject(signal, sdp);
    }
    peer.conversation().markOffered(signal.signal(), sdp);
    if (waits) {
      peers.takeEarly(signal, sdp).forEach(held -> peers.keep(peer, held));
    } else {
      events.said(peer, signal.content());
      say(peer, peers.takeEarly(signal, sdp));
    }
    return ForeignOutcome.TAKEN;
  }

  private static boolean keep(CallingForeignPeer peer, ForeignSignal signal) {
    CallingHeldSignal held = CallingHeldSignal.of(signal);
    return peer.conversation().incoming().add(held, held.weight());
  }

  private void say(CallingForeignPeer peer, List<CallingHeldSignal> held) {
    held.forEach(each -> events.said(peer, each.content()));
  }

  private ForeignOutcome answered(ForeignSignal signal, Content.Answer answer) {
    CallingForeignPeer peer = signal.conversation() == null
        ? peers.latest(CallingForeignPeers.of(signal.from())
            .and(each -> each.conversation().isCalling()))
        : peers.first(CallingForeignPeers.of(signal));
    if (peer == null || !peer.conversation().isCalling()) {
      return ForeignOutcome.DROPPED;
    }
    peer.conversation().markAnswered(answer.sdp());
    events.said(peer, answer);
    say(peer, peer.conversation().incoming().take());
    say(peer, peers.takeEarly(signal, answer.sdp()));
    return ForeignOutcome.TAKEN;
  }

  private ForeignOutcome candidate(ForeignSignal signal) {
    CallingForeignPeer peer = current(signal);
    if (peer == null || !peer.conversation().hasBegun()
        || !peer.conversation().isDescribedFor(signal.content())) {
      return peers.hold(signal);
    }
    if (!peer.isPresent() || !peer.conversation().isDescribed()) {
      return keep(peer, signal) ? ForeignOutcome.TAKEN : ForeignOutcome.DROPPED;
    }
    events.said(peer, signal.content());
    return ForeignOutcome.TAKEN;
  }

  /** Without a key, a candidate belongs to what the peer began, or else to the latest. */
  private @Nullable CallingForeignPeer current(ForeignSignal signal) {
    if (signal.conversation() != null) {
      return peers.first(CallingForeignPeers.of(signal));
    }
    CallingForeignPeer keyless = peers.latest(CallingForeignPeers.of(signal.from()).and(
        each -> each.conversation().key() == null && each.conversation().hasBegun()));
    return keyless == null ? peers.latest(CallingForeignPeers.of(signal.from())) : keyless;
  }

  /** An event that rtc-lib has a meaning for cannot have another one. */
  private ForeignOutcome custom(ForeignSignal signal, Content.Custom custom) {
    CallingForeignPeer peer = peers.latest(
        CallingForeignPeers.of(signal.from()).and(CallingForeignPeer::isPresent));
    if (peer == null) {
      return ForeignOutcome.REJECTED;
    }
    if (CallingInterpreter.isReserved(custom.name())) {
      return ForeignOutcome.UNTRANSLATABLE;
    }
    events.said(peer, custom);
    return ForeignOutcome.TAKEN;
  }

  private ForeignOutcome ended(ForeignSignal signal) {
    List<CallingForeignPeer> over = peers.all(signal.conversation() == null
        ? CallingForeignPeers.of(signal.from())
        : CallingForeignPeers.of(signal));
    over.forEach(peers::end);
    peers.endEarly(signal.from(), signal.conversation());
    return over.isEmpty() ? ForeignOutcome.DROPPED : ForeignOutcome.TAKEN;
  }
}
