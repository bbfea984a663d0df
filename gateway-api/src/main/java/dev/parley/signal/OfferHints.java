package dev.parley.signal;

import org.jspecify.annotations.Nullable;

/**
 * Hints beside a session description, which only some dialects have. Null means absent; an encoder
 * whose client needs a value supplies a default.
 *
 * @param label the label of the data channel
 * @param reliable whether the data channel keeps the order, in PeerJS' sense of the word
 * @param serialization how PeerJS serializes messages on the data channel
 * @param metadata application data for the called peer, any JSON value
 * @param streams the streams of a calling-signaling client by mid, a JSON object
 * @param channels the data channels of a calling-signaling client by name, a JSON object
 */
public record OfferHints(
    @Nullable String label,
    @Nullable Boolean reliable,
    @Nullable String serialization,
    @Nullable Bytes metadata,
    @Nullable Bytes streams,
    @Nullable Bytes channels) {

  /** A copy for keeping, see {@link Bytes#detached}. */
  OfferHints detached() {
    return metadata == null && streams == null && channels == null
        ? this
        : new OfferHints(label, reliable, serialization, detached(metadata), detached(streams),
            detached(channels));
  }

  private static @Nullable Bytes detached(@Nullable Bytes value) {
    return value == null ? null : value.detached();
  }

  /** No hints. */
  public static final OfferHints NONE = new OfferHints(null, null, null, null, null, null);
}
