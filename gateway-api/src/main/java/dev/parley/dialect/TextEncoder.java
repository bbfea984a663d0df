package dev.parley.dialect;

/**
 * Encodes a message as the text of one frame. As a method reference that captures nothing, it costs
 * no allocation.
 *
 * @param <T> the message
 */
@FunctionalInterface
public interface TextEncoder<T> {

  /** Writes all of {@code message} to {@code out}. */
  void encode(T message, TextSink out);
}
