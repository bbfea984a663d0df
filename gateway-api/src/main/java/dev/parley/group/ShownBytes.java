package dev.parley.group;

import dev.parley.signal.Bytes;

/**
 * Sizes of what is shown to users, in bytes: the size as JSON, or slightly more. Limits on views
 * and on the output of a command count with it.
 */
public final class ShownBytes {

  /** The overhead of one message: type, field names, numbers, punctuation. */
  public static final int FRAME = 96;

  /** The overhead of one list entry: punctuation and field names. */
  private static final int ENTRY = 36;

  private static final int ESCAPED = 6;

  private ShownBytes() {}

  /** A text in quotes. */
  public static long text(String text) {
    long bytes = 2;
    for (int i = 0; i < text.length(); i++) {
      bytes += bytes(text.charAt(i));
    }
    return bytes;
  }

  private static int bytes(char letter) {
    if (letter < ' ') {
      return ESCAPED;
    }
    if (letter < 0x80) {
      return letter == '"' || letter == '\\' ? 2 : 1;
    }
    if (letter < 0x800) {
      return 2;
    }
    // An unpaired surrogate is escaped.
    return Character.isSurrogate(letter) ? ESCAPED : 3;
  }

  /** A member of a room, or a user of a namespace. */
  public static long user(String name, Bytes status) {
    return text(name) + status.length() + ENTRY;
  }

  /** A key of a room's status. */
  public static long key(String key, Bytes value) {
    return text(key) + value.length() + 2;
  }

  /** A foreign member, which takes a message of its own. */
  public static long foreign(String room, String peer, String dialect) {
    return FRAME + text(room) + text(peer) + text(dialect);
  }

  /** A room of which only the name is shown. */
  public static long room(String room) {
    return FRAME + text(room);
  }

  static long view(RoomView view) {
    long bytes = view.status().length();
    for (var each : view.peers().entrySet()) {
      bytes += user(each.getKey(), each.getValue().status());
    }
    return bytes;
  }

  static long change(PeerChange change) {
    return text(change.user()) + switch (change) {
      case PeerChange.Added added -> added.peer().status().length();
      case PeerChange.Changed changed -> changed.status().length();
      case PeerChange.Accepted accepted -> 0;
      case PeerChange.Removed removed -> 0;
    };
  }
}
