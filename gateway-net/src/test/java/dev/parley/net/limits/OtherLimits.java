package dev.parley.net.limits;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/** The default limits with some exceptions, by name. */
public final class OtherLimits {

  private OtherLimits() {}

  public static Limits with(Map<String, Object> others) {
    RecordComponent[] all = Limits.class.getRecordComponents();
    try {
      Object[] values = new Object[all.length];
      for (int i = 0; i < all.length; i++) {
        Object other = others.get(all[i].getName());
        values[i] = other == null ? all[i].getAccessor().invoke(Limits.DEFAULT) : other;
      }
      Class<?>[] types =
          Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return Limits.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException cause) {
      throw new IllegalArgumentException(cause);
    }
  }
}
