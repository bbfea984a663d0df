package dev.parley.group.rules;

import dev.parley.group.GroupLimits;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The default limits with a few exceptions. */
final class LimitsBut {

  private LimitsBut() {}

  /** Alternating names and values of limits. */
  static GroupLimits with(Object... namesAndValues) {
    Map<String, Object> others = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      others.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    RecordComponent[] components = GroupLimits.class.getRecordComponents();
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        Object other = others.remove(components[i].getName());
        values[i] = other == null
            ? components[i].getAccessor().invoke(GroupLimits.DEFAULT)
            : other;
      }
      if (!others.isEmpty()) {
        throw new IllegalArgumentException("no such limits: " + others);
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return GroupLimits.class.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(refused);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
