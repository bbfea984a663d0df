package dev.parley.group.rules;

/**
 * A counter of a record that is counted, see {@link RecordKind#isCounted}. Comparable, like its
 * key.
 *
 * @param name unique among the counters of the record
 */
public record Counter(RecordKey key, String name) implements Comparable<Counter> {

  @Override
  public int compareTo(Counter that) {
    int byKey = key.compareTo(that.key);
    return byKey != 0 ? byKey : name.compareTo(that.name);
  }
}
