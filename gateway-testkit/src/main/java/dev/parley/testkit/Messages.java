package dev.parley.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * The messages of one connection that count, in order. Each frame is parsed once, however often the
 * list is read. One thread.
 */
final class Messages {

  private final WireClient client;
  private final Predicate<String> counts;
  private final List<String> read = new ArrayList<>();
  private int frames;

  Messages(WireClient client, Predicate<String> counts) {
    this.client = client;
    this.counts = counts;
  }

  /** All messages so far, without waiting; a view that grows. */
  List<String> soFar() {
    List<Frame> all = client.frames();
    all.subList(frames, all.size()).stream().flatMap(WireClient::message).filter(counts)
        .forEach(read::add);
    frames = all.size();
    return Collections.unmodifiableList(read);
  }

  /**
   * Waits until there are {@code count} messages, counted from the beginning, and returns all.
   *
   * @throws AssertionError if it times out
   */
  List<String> await(int count, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (soFar().size() < count) {
      if (!client.awaitsMore(frames, deadline - System.nanoTime())) {
        throw new AssertionError(
            "waited " + patience + " for " + count + " messages, got " + client);
      }
    }
    return soFar();
  }
}
