package dev.parley.cluster.script;

/**
 * The reply of the script that begins an epoch; see begin.lua.
 *
 * @param inbox the position before the first entry of the new epoch's inbox
 * @param dataset identifies the data set; it changes when Redis is emptied
 */
public record BeginReply(EntryId inbox, String dataset, CallReport report) {

  /**
   * Parses a reply.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static BeginReply parse(String text) {
    String[] words = text.split(" ", 3);
    if (words.length < 2) {
      throw new IllegalArgumentException(text);
    }
    return new BeginReply(
        EntryId.parse(words[0]), words[1],
        words.length == 2 ? CallReport.NOTHING : CallReport.parse(words[2]));
  }
}
