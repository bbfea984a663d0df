package dev.parley.signal;

import org.jspecify.annotations.Nullable;

/**
 * A signal of another dialect, with its interpretation.
 *
 * @param signal the signal as received
 * @param conversation the key by which its sender distinguishes conversations with the same peer
 *     (PeerJS: the connectionId); null if there is none
 * @param content its meaning
 */
public record ForeignSignal(Signal signal, @Nullable String conversation, Content content) {

  /** A copy for keeping: its content without the message it came in. */
  public ForeignSignal detached() {
    return new ForeignSignal(signal.header(), conversation, content.detached());
  }

  /** The sender. */
  public PeerAddress from() {
    return signal.from();
  }
}
