package dev.parley.cluster.record;

import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;

/** Names of records in Redis: {@code <realm>/<kind>/<name>}, on one line, without blanks. */
public final class RecordNames {

  private RecordNames() {}

  /** The name of a record. */
  public static String of(RecordKey key) {
    return key.realm() + "/" + key.kind() + "/" + Names.escape(key.id());
  }

  /** A user's name as the last part of its record's name. */
  public static String user(String user) {
    return Names.escape(user);
  }

  /**
   * Parses the name of a record.
   *
   * @throws IllegalArgumentException if it is malformed, or of a kind unknown to this node
   */
  public static RecordKey parse(String name) {
    String[] parts = name.split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("no record: " + name);
    }
    return new RecordKey(parts[0], RecordKind.valueOf(parts[1]), Names.unescape(parts[2]));
  }
}
