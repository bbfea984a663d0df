package dev.parley.signal;

import org.jspecify.annotations.Nullable;

/**
 * One message from a peer to a peer, on its way. The payload stays as the bytes that came in: a
 * session of the same dialect splices them into its own frame, a session of another dialect has
 * them read by the dialect they are tagged with.
 *
 * @param kind what it means
 * @param from the sender, set by the gateway, never by a client
 * @param to the recipient
 * @param dialect the name of the dialect that the payload is written in
 * @param name the dialect's own name for this message, where the kind does not tell (PeerJS has
 *     several that are {@code CUSTOM})
 * @param payload the bytes as they came in
 * @param reference the sender's own number for this signal, given back with {@link Undelivered}; 0
 *     where it needs none
 * @param conversation the key by which the recipient's dialect knows the conversation that this
 *     belongs to, where the payload cannot say it; null where none is needed, as between peers of
 *     one dialect
 */
public record Signal(
    SignalKind kind, PeerAddress from, PeerAddress to, String dialect, String name, Bytes payload,
    long reference, @Nullable String conversation)
    implements Delivery {

  /**
   * What is held beside bytes and texts: objects, headers of arrays, a place in a list. Measured on
   * a 64-bit JVM: 180 to 220.
   */
  private static final int OVERHEAD = 256;

  /** A signal that says itself which conversation it belongs to, if it does to any. */
  public Signal(
      SignalKind kind, PeerAddress from, PeerAddress to, String dialect, String name,
      Bytes payload, long reference) {
    this(kind, from, to, dialect, name, payload, reference, null);
  }

  /** This signal as a part of a conversation. */
  public Signal within(@Nullable String key) {
    return new Signal(kind, from, to, dialect, name, payload, reference, key);
  }

  /**
   * This signal without what it says: enough to give it back later, without keeping the whole
   * message that it came in.
   */
  public Signal header() {
    return new Signal(kind, from, to, dialect, name, Bytes.EMPTY, reference, conversation);
  }

  /**
   * This signal for keeping: with a payload that has an array of its own, so that a few bytes of a
   * message do not keep all of it.
   */
  public Signal detached() {
    return payload.isDetached()
        ? this
        : new Signal(
            kind, from, to, dialect, name, payload.detached(), reference, conversation);
  }

  /**
   * How many bytes the signal counts for where room is limited: what it holds when it is {@link
   * #detached}.
   */
  public int weight() {
    return OVERHEAD + payload.length() + name.length() + from.id().length() + to.id().length()
        + (conversation == null ? 0 : conversation.length());
  }
}
