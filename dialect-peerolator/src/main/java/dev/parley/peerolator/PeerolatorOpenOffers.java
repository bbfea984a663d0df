package dev.parley.peerolator;

import dev.parley.dialect.support.BoundedMap;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The offers of peers of other dialects that the own peer has received and not answered. If it
 * declines one, or leaves, the offer is refused, so that the caller learns it in its own dialect.
 * Event loop only.
 */
final class PeerolatorOpenOffers {

  private static final int MAX_OFFERS = 1024;

  private final BoundedMap<Call, Signal> open = new BoundedMap<>(MAX_OFFERS);

  private record Call(PeerAddress caller, String conversation) implements Comparable<Call> {

    @Override
    public int compareTo(Call that) {
      int order = conversation.compareTo(that.conversation);
      return order != 0 ? order : caller.compareTo(that.caller);
    }
  }

  /** Adds an offer that the own peer receives. */
  void add(String conversation, Signal offer) {
    open.put(new Call(offer.from(), conversation), offer.header());
  }

  /**
   * Removes an offer, if it is open.
   *
   * @param conversation null for the caller's latest
   */
  @Nullable
  Signal remove(PeerAddress caller, @Nullable String conversation) {
    Call call = conversation == null
        ? open.last(each -> each.caller.equals(caller))
        : new Call(caller, conversation);
    return call == null ? null : open.remove(call);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Removes the offers of a caller that has left. */
  void forget(PeerAddress caller) {
    open.removeIf(call -> call.caller.equals(caller));
  }

  /** All that are open, eldest first. */
  List<Signal> all() {
    return open.values();
  }
}
