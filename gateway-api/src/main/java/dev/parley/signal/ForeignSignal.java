package dev.parley.signal;

import org.jspecify.annotations.Nullable;

/**
 * A signal of another dialect, read.
 *
 * @param signal the signal as it came
 * @param conversation the key by which its sender's side tells this conversation from others with
 *     the same peer (PeerJS: the connectionId); null where it does not
 * @param content what it says
 */
public record ForeignSignal(Signal signal, @Nullable String conversation, Content content) {

  /** The same for keeping: what it says, without the message that it came in. */
  public ForeignSignal detached() {
    return new ForeignSignal(signal.header(), conversation, content.detached());
  }

  /** Who sent it. */
  public PeerAddress from() {
    return signal.from();
  }
}
