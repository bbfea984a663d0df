package dev.parley.dialect;

/**
 * Writes a message as the text of one frame. Where it is a method reference that captures nothing,
 * sending costs no allocation.
 *
 * @param <T> the message
 */
@FunctionalInterface
public interface TextEncoder<T> {

  /** Writes all of {@code message} to {@code out}. */
  void encode(T message, TextSink out);
}
