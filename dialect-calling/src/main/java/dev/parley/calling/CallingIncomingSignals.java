package dev.parley.calling;

import dev.parley.calling.CallingForeignPeer.State;
import dev.parley.calling.CallingHeldSignals.Held;
import dev.parley.dialect.Reception;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Sdp;
import dev.parley.signal.Terms;
import dev.parley.signal.Undelivered;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What peers of other dialects say to the user: which guest it is from, and whether the user is
 * told now, later or not at all. Event loop of the session only.
 */
final class CallingIncomingSignals {

  private final CallingForeignPeers guests;
  private final CallingIncomingCalls callers;
  private final CallingForeignPeerEvents news;

  CallingIncomingSignals(CallingForeignPeers guests, CallingIncomingCalls callers, CallingForeignPeerEvents news) {
    this.guests = guests;
    this.callers = callers;
    this.news = news;
  }

  /** A peer of another dialect says something. */
  Reception receive(ForeignSignal signal) {
    return switch (signal.content()) {
      case Content.Offer(Sdp sdp, Terms terms) -> offered(signal, sdp, terms);
      case Content.Answer answer -> answered(signal, answer);
      case Content.Candidate candidate -> heard(signal);
      case Content.EndOfCandidates end -> heard(signal);
      case Content.Bye bye -> ended(signal);
      case Content.Renegotiation request -> Reception.DROPPED;
      case Content.Custom custom -> told(signal, custom);
    };
  }

  /** Something that the user said has reached nobody. */
  void undelivered(Undelivered undelivered) {
    CallingForeignPeer guest = guests.first(CallingForeignPeers.of(undelivered.to()).and(
        each -> undelivered.reference() != 0 && each.awaits(undelivered.reference())));
    if (guest == null) {
      return;
    }
    if (guest.isCalling() && guest.isDescribed()) {
      guest.isRefused();
    } else {
      guests.end(guest);
    }
  }

  private Reception offered(ForeignSignal signal, Sdp sdp, Terms terms) {
    Optional<String> origin = sdp.sessionId();
    CallingForeignPeer known = signal.conversation() == null
        ? guests.latest(CallingForeignPeers.of(signal.from()).and(guest -> guest.hasOrigin(origin)))
        : guests.first(CallingForeignPeers.of(signal));
    return known == null
        ? callers.rings(signal, sdp, terms)
        : again(known, signal, sdp);
  }

  /** A connection that is there, or is being made, is negotiated anew. */
  private Reception again(CallingForeignPeer guest, ForeignSignal signal, Sdp sdp) {
    boolean waits = guest.state() != State.PRESENT;
    if (guest.isCalling() || (waits && !guest.incoming().add(Held.of(signal)))) {
      return guests.rejects(signal, sdp);
    }
    guest.isOffered(signal.signal(), sdp);
    if (waits) {
      guests.takeEarly(signal, sdp).forEach(held -> guests.keep(guest, held));
    } else {
      news.says(guest, signal.content());
      say(guest, guests.takeEarly(signal, sdp));
    }
    return Reception.TAKEN;
  }

  private void say(CallingForeignPeer guest, List<Held> held) {
    held.forEach(each -> news.says(guest, each.content()));
  }

  private Reception answered(ForeignSignal signal, Content.Answer answer) {
    CallingForeignPeer guest = signal.conversation() == null
        ? guests.latest(CallingForeignPeers.of(signal.from()).and(CallingForeignPeer::isCalling))
        : guests.first(CallingForeignPeers.of(signal));
    if (guest == null || !guest.isCalling()) {
      return Reception.DROPPED;
    }
    guest.isAnswered(answer.sdp());
    news.says(guest, answer);
    say(guest, guest.incoming().take());
    say(guest, guests.takeEarly(signal, answer.sdp()));
    return Reception.TAKEN;
  }

  private Reception heard(ForeignSignal signal) {
    CallingForeignPeer guest = current(signal);
    if (guest == null || !guest.hasBegun() || !guest.hasDescribed(signal.content())) {
      return guests.hold(signal);
    }
    if (guest.state() != State.PRESENT || !guest.isDescribed()) {
      return guest.incoming().add(Held.of(signal)) ? Reception.TAKEN : Reception.DROPPED;
    }
    news.says(guest, signal.content());
    return Reception.TAKEN;
  }

  /** Without a key it belongs to what the peer began, or else to the latest. */
  private @Nullable CallingForeignPeer current(ForeignSignal signal) {
    if (signal.conversation() != null) {
      return guests.first(CallingForeignPeers.of(signal));
    }
    CallingForeignPeer keyless = guests.latest(
        CallingForeignPeers.of(signal.from()).and(guest -> guest.key() == null && guest.hasBegun()));
    return keyless == null ? guests.latest(CallingForeignPeers.of(signal.from())) : keyless;
  }

  /** What rtc-lib has a meaning for cannot be said as something else. */
  private Reception told(ForeignSignal signal, Content.Custom custom) {
    CallingForeignPeer guest = guests.latest(
        CallingForeignPeers.of(signal.from()).and(each -> each.state() == State.PRESENT));
    if (guest == null) {
      return Reception.REJECTED;
    }
    if (CallingSignalingReader.isReserved(custom.name())) {
      return Reception.UNTRANSLATABLE;
    }
    news.says(guest, custom);
    return Reception.TAKEN;
  }

  private Reception ended(ForeignSignal signal) {
    List<CallingForeignPeer> over = guests.all(
        signal.conversation() == null ? CallingForeignPeers.of(signal.from()) : CallingForeignPeers.of(signal));
    over.forEach(guests::end);
    guests.endEarly(signal.from(), signal.conversation());
    return over.isEmpty() ? Reception.DROPPED : Reception.TAKEN;
  }
}
