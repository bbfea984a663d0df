package dev.parley.cluster.script;

/**
 * What the script that begins a seat answers; see begin.lua.
 *
 * @param inbox the entries of the new seat's inbox come after it
 * @param dataset tells the keys that a Redis has now from those after it was emptied
 */
public record BeginReply(EntryId inbox, String dataset, CallReport report) {

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if it is no such answer
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
