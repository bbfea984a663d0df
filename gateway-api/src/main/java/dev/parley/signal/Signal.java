package dev.parley.signal;

import org.jspecify.annotations.Nullable;

/**
 * A message from one peer to another. The payload is the received bytes: a session of the same
 * dialect splices them into its own frame, a session of another dialect has them read by the
 * interpreter of {@code dialect}.
 *
 * @param kind its kind
 * @param from the sender, set by the gateway, never by a client
 * @param to the recipient
 * @param dialect the dialect of the payload
 * @param name the dialect's own name for this message, where the kind is ambiguous (PeerJS has
 *     several that are {@code CUSTOM})
 * @param payload the bytes as received
 * @param reference the sender's own number for this signal, returned in {@link Undelivered}; 0 if
 *     it needs none
 * @param conversation the key of the conversation in the recipient's dialect, where the payload has
 *     no place for it; null if none is needed, as between peers of one dialect
 */
public record Signal(
    SignalKind kind, PeerAddress from, PeerAddress to, String dialect, String name, Bytes payload,
    long reference, @Nullable String conversation)
    implements Delivery {

  /**
   * The overhead of objects, array headers, and a list entry. Measured on a 64-bit JVM: 180 to 220.
   */
  private static final int OVERHEAD = 256;

  /** A signal without a separate conversation key. */
  public Signal(
      SignalKind kind, PeerAddress from, PeerAddress to, String dialect, String name,
      Bytes payload, long reference) {
    this(kind, from, to, dialect, name, payload, reference, null);
  }

  /** A copy with a conversation key. */
  public Signal within(@Nullable String key) {
    return new Signal(kind, from, to, dialect, name, payload, reference, key);
  }

  /**
   * A copy without payload: enough to refuse it later, without retaining the message it came in.
   */
  public Signal header() {
    return new Signal(kind, from, to, dialect, name, Bytes.EMPTY, reference, conversation);
  }

  /**
   * A copy for keeping: its payload has an array of its own, so that a few bytes do not retain a
   * whole message.
   */
  public Signal detached() {
    return payload.isDetached()
        ? this
        : new Signal(
            kind, from, to, dialect, name, payload.detached(), reference, conversation);
  }

  /** The bytes it counts for where memory is bounded: its size when {@link #detached}. */
  public int weight() {
    return OVERHEAD + payload.length() + name.length() + from.id().length() + to.id().length()
        + (conversation == null ? 0 : conversation.length());
  }
}
