package dev.parley.hub.local;

import dev.parley.hub.MailboxLimits;
import dev.parley.hub.Recipient;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Signals held for one absent peer, in order of arrival, and the token that its id is held for, if
 * any. Guarded by the entry of that peer in the hub's table: accessed only inside an atomic update
 * of it.
 */
final class Mailbox implements LocalEntry {

  private final List<Held> held = new ArrayList<>();
  private long bytes;
  private @Nullable Hold hold;

  /**
   * The hold of an id whose connection was lost.
   *
   * @param token lets its client reclaim the id
   * @param number distinguishes successive holds
   */
  record Hold(String token, long number) {}

  void hold(Hold value) {
    hold = value;
  }

  /** Whether the id is held for another token than {@code token}. */
  boolean isHeldFrom(@Nullable String token) {
    return hold != null && !hold.token.equals(token);
  }

  boolean isHeld() {
    return hold != null;
  }

  /** Ends a hold that has expired; false if it has ended before. */
  boolean endHold(long number) {
    boolean ends = hold != null && hold.number == number;
    if (ends) {
      hold = null;
    }
    return ends;
  }

  /** A signal, and the sender's bundle that it expires with. */
  private record Held(Signal signal, long bundle) {}

  /** Holds a copy of a signal, without the message it came in. */
  void add(Signal signal, long bundle) {
    held.add(new Held(signal.detached(), bundle));
    bytes += MailboxLimits.weightOf(signal);
  }

  int size() {
    return held.size();
  }

  long bytes() {
    return bytes;
  }

  /** Whether no signal waits, and the id is not held. */
  boolean isEmpty() {
    return held.isEmpty() && hold == null;
  }

  /** The bundle of {@code sender} that waits here, or 0. */
  long bundleOf(PeerAddress sender) {
    for (Held each : held) {
      if (each.signal.from().equals(sender)) {
        return each.bundle;
      }
    }
    return 0;
  }

  /** Removes and returns the signals of a bundle, in order. */
  List<Signal> takeBundle(long bundle) {
    List<Signal> taken = new ArrayList<>();
    for (Iterator<Held> each = held.iterator(); each.hasNext();) {
      Held next = each.next();
      if (next.bundle == bundle) {
        each.remove();
        bytes -= MailboxLimits.weightOf(next.signal);
        taken.add(next.signal);
      }
    }
    return taken;
  }

  /** Removes all signals and delivers them, in order. */
  List<Signal> empty(Recipient recipient) {
    List<Signal> all = held.stream().map(Held::signal).toList();
    held.clear();
    bytes = 0;
    all.forEach(recipient::deliver);
    return all;
  }
}
