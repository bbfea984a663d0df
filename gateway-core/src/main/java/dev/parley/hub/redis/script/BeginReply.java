package dev.parley.hub.redis.script;

/**
 * What the script that begins a seat answers; see begin.lua.
 *
 * @param inbox the entries of the new seat's inbox come after it
 * @param dataset tells the keys that a Redis has now from those after it was emptied
 */
public record BeginReply(EntryId inbox, String dataset) {

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if it is no such answer
   */
  public static BeginReply parse(String text) {
    int blank = text.indexOf(' ');
    if (blank < 0) {
      throw new IllegalArgumentException(text);
    }
    return new BeginReply(EntryId.parse(text.substring(0, blank)), text.substring(blank + 1));
  }
}
