package dev.parley.hub.redis.script;

import java.util.ArrayList;
import java.util.List;

/** What the lane's script answers to a batch; see lane.lua. */
public sealed interface BatchReply {

  /** The results of its operations, in order, as each of them reads it. */
  record Results(List<String> each) implements BatchReply {}

  /** The seat is over; nothing was done. */
  record Fenced() implements BatchReply {}

  /** Batches were lost: Redis knows of this one as the last. */
  record Gap(long last) implements BatchReply {}

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if it is no such answer
   */
  static BatchReply parse(String text) {
    if (text.startsWith("OK")) {
      return new Results(lines(text));
    }
    if (text.equals("FENCED")) {
      return new Fenced();
    }
    if (text.startsWith("GAP ")) {
      return new Gap(Long.parseLong(text, 4, text.length(), 10));
    }
    throw new IllegalArgumentException(text);
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (int from = text.indexOf('\n') + 1; from > 0;) {
      int end = text.indexOf('\n', from);
      lines.add(end < 0 ? text.substring(from) : text.substring(from, end));
      from = end + 1;
    }
    return lines;
  }
}
