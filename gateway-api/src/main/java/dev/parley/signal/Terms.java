package dev.parley.signal;

import org.jspecify.annotations.Nullable;

/**
 * What some dialects say beside a session description, and others do not. What is null was not
 * said; whoever writes for a client that needs it supplies it.
 *
 * @param label the label of the data channel
 * @param reliable whether the data channel keeps the order, in PeerJS' sense of the word
 * @param serialization how PeerJS packs what goes over the data channel
 * @param metadata what the calling application tells the called one, any JSON value
 * @param streams the streams of a calling-signaling client by mid, a JSON object
 * @param channels the data channels of a calling-signaling client by name, a JSON object
 */
public record Terms(
    @Nullable String label,
    @Nullable Boolean reliable,
    @Nullable String serialization,
    @Nullable Bytes metadata,
    @Nullable Bytes streams,
    @Nullable Bytes channels) {

  /** The same for keeping, see {@link Bytes#detached}. */
  Terms detached() {
    return metadata == null && streams == null && channels == null
        ? this
        : new Terms(label, reliable, serialization, detached(metadata), detached(streams),
            detached(channels));
  }

  private static @Nullable Bytes detached(@Nullable Bytes value) {
    return value == null ? null : value.detached();
  }

  /** Nothing was said. */
  public static final Terms NONE = new Terms(null, null, null, null, null, null);
}
