package dev.parley.bench.attack;

import dev.parley.bench.wire.Upgrade;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is opened.
 *
 * @param request what it sends at once; empty for nothing
 * @param source its own address on loopback: limits count by it
 * @param reading how it reads
 * @param bytesPerSecond how fast it reads, if slowly
 * @param listener takes its messages, if any
 */
record Opening(String request, String source, Reading reading, double bytesPerSecond,
    @Nullable Consumer<String> listener) {

  /** What is read at once from a slow connection. */
  static final int CHUNK = 16 * 1024;

  /** How a connection reads. */
  enum Reading {
    /** All that comes. */
    ALL,
    /** At a steady pace. */
    SLOWLY,
    /** Nothing behind the answer to its request. */
    NOTHING
  }

  /** A WebSocket. */
  static Opening of(String target, String source) {
    String request =
        new String(Upgrade.request(target, "localhost"), StandardCharsets.US_ASCII);
    return raw(request, source);
  }

  /** A connection that sends this at once, whatever it is. */
  static Opening raw(String request, String source) {
    return new Opening(request, source, Reading.ALL, 0, null);
  }

  /** It is interested in its messages. */
  Opening hearing(Consumer<String> messages) {
    return new Opening(request, source, reading, bytesPerSecond, messages);
  }

  /** It reads no faster than this. */
  Opening readingSlowly(double bytes) {
    return new Opening(request, source, Reading.SLOWLY, bytes, listener);
  }

  /** It reads nothing. */
  Opening readingNothing() {
    return new Opening(request, source, Reading.NOTHING, 0, listener);
  }
}
