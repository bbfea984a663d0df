package dev.parley.testkit.record;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Copies of records that differ in a few components, so that tests name only these. */
public final class Records {

  private Records() {}

  /**
   * {@code record} with other values.
   *
   * @param namesAndValues the name of a component, its value, and so on
   * @throws IllegalArgumentException if there is no such component, or its value is of another type
   */
  public static <R extends Record> R with(R record, Object... namesAndValues) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    @SuppressWarnings("unchecked") // a record's class is final
    Class<R> type = (Class<R>) record.getClass();
    RecordComponent[] components = type.getRecordComponents();
    try {
      Object[] arguments = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        Object other = values.remove(components[i].getName());
        arguments[i] = other == null ? components[i].getAccessor().invoke(record) : other;
      }
      if (!values.isEmpty()) {
        throw new IllegalArgumentException(type + " has no " + values.keySet());
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException cause) {
      throw new IllegalArgumentException(cause);
    }
  }
}
