package dev.parley.cluster.registry;

import dev.parley.signal.PeerAddress;

/**
 * A signal of this node that is in flight through Redis, to an id that is known on this node. It is
 * counted until one of these methods, or {@link LocalRegistry#returned}, is called once. Called on
 * one thread; see {@link InFlightTracker}.
 */
public final class RemoteSend {

  private final LocalRegistry registry;
  private final PeerAddress to;
  private final InFlightMark mark;

  RemoteSend(LocalRegistry registry, PeerAddress to, InFlightMark mark) {
    this.registry = registry;
    this.to = to;
    this.mark = mark;
  }

  /** Travels with the signal, so that this node recognizes it in its inbox. */
  public String mark() {
    return mark.text();
  }

  /** The signal was refused or is lost. */
  public void ended() {
    registry.remoteSendEnded(to, mark.epoch());
  }

  /** The signal was routed away: its recipient is not, or no longer, on this node. */
  public void routedAway() {
    registry.remoteSendRoutedAway(to, mark.epoch());
  }
}
