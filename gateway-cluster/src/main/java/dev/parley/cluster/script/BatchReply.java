package dev.parley.cluster.script;

import java.util.ArrayList;
import java.util.List;

/** The reply of the pipeline's script to a batch; see pipeline.lua. */
public sealed interface BatchReply {

  /**
   * The results of its commands, in order, each in the form of its command.
   *
   * @param report observations besides the results
   */
  record Results(List<String> each, CallReport report) implements BatchReply {

    /** Results with an empty report. */
    public Results(List<String> each) {
      this(each, CallReport.NOTHING);
    }
  }

  /**
   * The epoch is over; nothing was executed.
   *
   * @param lost the kind of the epoch's key that was missing or of another type; empty if another
   *     node has ended the epoch
   */
  record Fenced(String lost) implements BatchReply {

    /** Another node has ended the epoch. */
    public Fenced() {
      this("");
    }
  }

  /** Batches were lost: Redis knows this one as the last. */
  record Gap(long last) implements BatchReply {}

  /**
   * Parses a reply.
   *
   * @throws IllegalArgumentException if it is malformed
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
