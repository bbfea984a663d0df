package dev.parley.group.rules;

import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A few fields of one part of a record, in the order in which they came: there may be 100,000 rooms
 * of which each has only few, and a hash table would take several times as much memory. Immutable.
 */
final class FewFields extends AbstractMap<String, Value> {

  /** With more fields a hash table is better. */
  static final int MAX = 8;

  private static final FewFields NONE = new FewFields(new Object[0]);

  /** Names and values by turns. */
  private final Object[] fields;

  private FewFields(Object[] fields) {
    this.fields = fields;
  }

  static FewFields of(String name, Value value) {
    return new FewFields(new Object[] {name, value});
  }

  /** No more than {@link #MAX}. */
  static FewFields copyOf(Collection<Entry<String, Value>> entries) {
    Object[] fields = new Object[2 * entries.size()];
    int i = 0;
    for (Entry<String, Value> each : entries) {
      fields[i++] = each.getKey();
      fields[i++] = each.getValue();
    }
    return new FewFields(fields);
  }

  /** These fields with one that is new or different. */
  FewFields with(String name, Value value) {
    int at = indexOf(name);
    Object[] more = Arrays.copyOf(fields, at < 0 ? fields.length + 2 : fields.length);
    int to = at < 0 ? fields.length : at;
    more[to] = at < 0 ? name : fields[at];
    more[to + 1] = value;
    return new FewFields(more);
  }

  /** These fields without one. */
  FewFields without(String name) {
    int at = indexOf(name);
    if (at < 0) {
      return this;
    }
    if (fields.length == 2) {
      return NONE;
    }
    Object[] fewer = new Object[fields.length - 2];
    System.arraycopy(fields, 0, fewer, 0, at);
    System.arraycopy(fields, at + 2, fewer, at, fewer.length - at);
    return new FewFields(fewer);
  }

  private int indexOf(@Nullable Object name) {
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private String name(int index) {
    return (String) fields[2 * index];
  }

  private Value value(int index) {
    return (Value) fields[2 * index + 1];
  }

  @Override
  public @Nullable Value get(@Nullable Object name) {
    int at = indexOf(name);
    return at < 0 ? null : value(at / 2);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return indexOf(name) >= 0;
  }

  @Override
  public int size() {
    return fields.length / 2;
  }

  @Override
  public Set<Entry<String, Value>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Value>> iterator() {
        return each(i -> new SimpleImmutableEntry<>(name(i), value(i)));
      }

      @Override
      public int size() {
        return FewFields.this.size();
      }
    };
  }

  /** Not kept, as the one of {@link AbstractMap} is. */
  @Override
  public Set<String> keySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<String> iterator() {
        return each(FewFields.this::name);
      }

      @Override
      public int size() {
        return FewFields.this.size();
      }

      @Override
      public boolean contains(@Nullable Object name) {
        return containsKey(name);
      }
    };
  }

  /** Not kept, as the one of {@link AbstractMap} is. */
  @Override
  public Collection<Value> values() {
    return new AbstractCollection<>() {
      @Override
      public Iterator<Value> iterator() {
        return each(FewFields.this::value);
      }

      @Override
      public int size() {
        return FewFields.this.size();
      }
    };
  }

  private <T> Iterator<T> each(IntFunction<T> element) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return element.apply(next++);
      }
    };
  }
}
