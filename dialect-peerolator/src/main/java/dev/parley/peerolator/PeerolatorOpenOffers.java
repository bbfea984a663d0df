package dev.parley.peerolator;

import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The offers of peers of other dialects that the own peer has been told and has not answered: if it
 * declines one, or leaves, the caller is told in its own dialect's way, as nobody else would. Event
 * loop only.
 */
final class PeerolatorOpenOffers {

  private static final int MOST = 1024;

  private final PeerolatorRecent<Call, Signal> open = new PeerolatorRecent<>(MOST);

  private record Call(PeerAddress caller, String conversation) implements Comparable<Call> {

    @Override
    public int compareTo(Call that) {
      int order = conversation.compareTo(that.conversation);
      return order != 0 ? order : caller.compareTo(that.caller);
    }
  }

  /** The own peer is told an offer. */
  void add(String conversation, Signal offer) {
    open.put(new Call(offer.from(), conversation), offer.header());
  }

  /**
   * Takes an offer out, if it is open; it is closed from now on.
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

  /** A caller has left: nobody waits for an answer. */
  void forget(PeerAddress caller) {
    open.removeIf(call -> call.caller.equals(caller));
  }

  /** All that are open, eldest first. */
  List<Signal> all() {
    return open.values();
  }
}
