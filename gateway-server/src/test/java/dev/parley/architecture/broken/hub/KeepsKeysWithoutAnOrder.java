package dev.parley.architecture.broken.hub;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Breaks: hash keys are ordered, and keys that clients choose are in no immutable table. */
public final class KeepsKeysWithoutAnOrder {

  private final Map<Id, String> names = new HashMap<>();

  /** A key that clients choose. */
  public record Id(String text) {}

  /** One that is ordered. */
  public record Ordered(String text) implements Comparable<Ordered> {

    @Override
    public int compareTo(Ordered that) {
      return text.compareTo(that.text);
    }
  }

  /**
   * An order by another class does not count: the table checks whether a key is comparable to its
   * own class.
   */
  @SuppressWarnings("ComparableType") // shown because it is wrong
  public record OrderedByAnother(String text) implements Comparable<Object> {

    @Override
    public int compareTo(Object that) {
      return text.compareTo(that.toString());
    }
  }

  /** Keeps a name. */
  public void name(Id id, String name) {
    names.put(id, name);
  }

  /** The present ids. */
  public Set<Id> ids() {
    return names.keySet();
  }

  /** Tables within others. */
  public List<Set<OrderedByAnother>> others() {
    return List.of();
  }

  /** A copy that compares with each key. */
  public Set<String> copy(Collection<String> all) {
    return Set.copyOf(all);
  }
}
