package dev.parley.cluster.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record of groups as stored in Redis.
 *
 * @param version "0" if it does not exist
 * @param owner empty if it has none
 * @param fields values by field name
 */
public record RawRecord(String version, String owner, Map<String, String> fields) {

  /**
   * Parses the list that scripts return for a record.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static RawRecord of(List<String> list) {
    if (list.size() < 2 || list.size() % 2 != 0) {
      throw new IllegalArgumentException("no record: " + list.size() + " parts");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 2; i < list.size(); i += 2) {
      fields.put(list.get(i), list.get(i + 1));
    }
    return new RawRecord(list.get(0), list.get(1), fields);
  }
}
