package dev.parley.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.core.domain.JavaWildcardType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * Clients choose ids and names, and can choose very many with the same hash. A hash table of the
 * JDK finds one of them in logarithmic time if its keys are comparable; else it compares with each.
 * Immutable tables compare with each in any case.
 */
final class HashKeyRules {

  /** Keys that no client chooses: they come from the configuration, or from the code. */
  private static final Set<String> CHOSEN_BY_NO_CLIENT = Set.of(
      "dev.parley.net.websocket.HandshakeMetrics$Key", "dev.parley.metrics.SignalMetrics$Pair",
      "dev.parley.config.ServiceUrl$Host", "dev.parley.server.config.KeyPath",
      "dev.parley.group.rules.FieldGroup");

  /** Keys of the configuration, or, of a description, at most 16. */
  private static final Set<String> MAY_COPY = Set.of(
      "dev.parley.switchboard.Interpreters", "dev.parley.peerjs.PeerJsForeignOffers",
      "dev.parley.peerolator.schema.PeerolatorMessageSchemas",
      "dev.parley.webrtc.UsernameFragments",
      "dev.parley.signal.Sdp");

  private static final Set<String> COPIES =
      Set.of("copyOf", "ofEntries", "toUnmodifiableSet", "toUnmodifiableMap");

  private HashKeyRules() {}

  static List<ArchRule> all() {
    return List.of(keysAreOrdered(), immutableTablesAreOfTheConfiguration());
  }

  static ArchRule keysAreOrdered() {
    return classes().should(new ArchCondition<>("have hash keys that are ordered") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        typesOf(item).flatMap(HashKeyRules::keysIn).distinct().forEach(
            key -> events.add(new SimpleConditionEvent(item, isFit(key),
                item.getName() + " has keys without an order: " + key.getName())));
      }
    });
  }

  static ArchRule immutableTablesAreOfTheConfiguration() {
    return classes().should(new ArchCondition<>("put nothing of clients into immutable tables") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        for (JavaMethodCall call : item.getMethodCallsFromSelf()) {
          if (isCopy(call)) {
            boolean known = call.getOrigin().getName().equals("<clinit>")
                || item.getName().endsWith("Options") || MAY_COPY.contains(item.getName());
            events.add(new SimpleConditionEvent(call, known, call.getDescription()));
          }
        }
      }
    });
  }

  private static boolean isCopy(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    boolean table = owner.equals("java.util.Set") || owner.equals("java.util.Map")
        || owner.equals("java.util.stream.Collectors");
    return table && COPIES.contains(call.getName());
  }

  private static Stream<JavaType> typesOf(JavaClass item) {
    List<JavaType> types = new ArrayList<>();
    item.getFields().forEach(field -> types.add(field.getType()));
    for (JavaMethod method : item.getMethods()) {
      types.add(method.getReturnType());
      types.addAll(method.getParameterTypes());
    }
    item.getSuperclass().ifPresent(types::add);
    return types.stream();
  }

  /** The types of keys of all tables in a type, as of a list of sets. */
  private static Stream<JavaType> keysIn(JavaType type) {
    if (type instanceof JavaWildcardType wildcard) {
      return wildcard.getUpperBounds().stream().flatMap(HashKeyRules::keysIn);
    }
    if (!(type instanceof JavaParameterizedType parameterized)) {
      return Stream.empty();
    }
    List<JavaType> arguments = parameterized.getActualTypeArguments();
    JavaClass raw = parameterized.toErasure();
    boolean sorted = raw.isAssignableTo(SortedMap.class) || raw.isAssignableTo(SortedSet.class);
    boolean identity = raw.isAssignableTo(IdentityHashMap.class);
    boolean table = !sorted && !identity && !isEntrySet(raw, arguments)
        && (raw.isAssignableTo(Map.class) || raw.isAssignableTo(Set.class));
    return Stream.concat(
        table ? arguments.stream().limit(1).flatMap(HashKeyRules::named) : Stream.empty(),
        arguments.stream().flatMap(HashKeyRules::keysIn));
  }

  /** The entries of a map that is no hash table, as a set: a view without a table of its own. */
  private static boolean isEntrySet(JavaClass raw, List<JavaType> arguments) {
    return (raw.isEquivalentTo(Set.class) || raw.isEquivalentTo(AbstractSet.class))
        && arguments.getFirst().toErasure().isEquivalentTo(Map.Entry.class);
  }

  /** A wildcard counts as its bound. */
  private static Stream<JavaType> named(JavaType key) {
    return key instanceof JavaWildcardType wildcard
        ? wildcard.getUpperBounds().stream()
        : Stream.of(key);
  }

  private static boolean isFit(JavaType key) {
    if (key instanceof JavaTypeVariable<?> variable) {
      // Enums, and types that declare to be comparable.
      return variable.getUpperBounds().stream()
          .anyMatch(bound -> bound.toErasure().isAssignableTo(Comparable.class));
    }
    Class<?> type = key.toErasure().reflect();
    return CHOSEN_BY_NO_CLIENT.contains(type.getName()) || isOrdered(type) || isIdentity(type);
  }

  /** HashMap requires a class that is comparable to itself; enums are by their superclass. */
  private static boolean isOrdered(Class<?> type) {
    return type.isEnum() || Arrays.stream(type.getGenericInterfaces()).anyMatch(
        implemented -> implemented instanceof ParameterizedType comparable
            && comparable.getRawType() == Comparable.class
            && Arrays.equals(comparable.getActualTypeArguments(), new Type[] {type}));
  }

  /** Whether the hash is the JVM's, as no possible key of this type defines its own. */
  private static boolean isIdentity(Class<?> type) {
    if (type.isRecord() || type == Object.class) {
      return false;
    }
    Collection<Method> own = new HashSet<>();
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      Arrays.stream(at.getDeclaredMethods())
          .filter(method -> method.getName().equals("hashCode") && method.getParameterCount() == 0)
          .forEach(own::add);
    }
    return own.isEmpty() && !Collection.class.isAssignableFrom(type);
  }
}
