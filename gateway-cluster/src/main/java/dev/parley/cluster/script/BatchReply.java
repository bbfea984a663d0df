package dev.parley.cluster.script;

import java.util.ArrayList;
import java.util.List;

/** What the lane's script answers to a batch; see lane.lua. */
public sealed interface BatchReply {

  /**
   * The results of its operations, in order, as each of them reads it.
   *
   * @param report what was found out beside that
   */
  record Results(List<String> each, CallReport report) implements BatchReply {

    /** Results, and nothing was found out beside that. */
    public Results(List<String> each) {
      this(each, CallReport.NOTHING);
    }
  }

  /**
   * The seat is over; nothing was done.
   *
   * @param lost the kind of the key of the seat because of which it is over, as it was gone or of
   *     another type; empty if others have ended the seat
   */
  record Fenced(String lost) implements BatchReply {

    /** Others have ended the seat. */
    public Fenced() {
      this("");
    }
  }

  /** Batches were lost: Redis knows of this one as the last. */
  record Gap(long last) implements BatchReply {}

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if it is no such answer
   */
  static BatchReply parse(String text) {
    if (text.startsWith("OK")) {
      int end = text.indexOf('\n');
      return new Results(
          lines(text), CallReport.parse(text.substring(2, end < 0 ? text.length() : end)));
    }
    if (text.startsWith("FENCED")) {
      return new Fenced(text.substring("FENCED".length()).strip());
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
