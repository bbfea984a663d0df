package dev.parley.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import dev.parley.config.Bound;
import dev.parley.config.ByteRate;
import dev.parley.config.ByteSize;
import dev.parley.config.Rate;
import dev.parley.config.Secret;
import dev.parley.config.ServiceUrl;
import dev.parley.identity.IdPattern;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Derives a {@link Schema} from an options record: names are Jackson's, null is allowed where the
 * component's type is {@link Nullable}, and a bare text is allowed where the record has a
 * delegating creator whose one parameter is named like a component.
 */
final class SchemaReader {
  private static final Map<Class<?>, String> FORMS =
      Map.of(
          ByteSize.class, "a size such as 256KiB",
          ByteRate.class, "a rate of bytes such as 1MiB/s, or off",
          Rate.class, "a rate such as 200/s, or off",
          Bound.class, "a whole number from 1, or off",
          Duration.class, "a duration such as 10s",
          Secret.class, "text",
          IdPattern.class, "a pattern of ids, with * for any characters",
          ServiceUrl.class, "a URL");

  private final ObjectMapper mapper;
  private final Map<Class<?>, Schema> known;

  /**
   * @param known schemas of types that do not show in the types themselves
   */
  SchemaReader(ObjectMapper mapper, Map<Class<?>, Schema> known) {
    this.mapper = mapper;
    this.known = known;
  }

  /** The schema of an options record. */
  Schema.Branch read(Class<?> type) {
    return branch(type, false);
  }

  private Schema schema(JavaType type, boolean nullable) {
    Class<?> raw = type.getRawClass();
    Schema given = known.get(raw);
    if (given != null) {
      return given;
    }
    if (type.isCollectionLikeType()) {
      return new Schema.Items(schema(type.getContentType(), false), nullable);
    }
    if (type.isMapLikeType()) {
      return new Schema.Entries(schema(type.getContentType(), false), null);
    }
    if (raw.isRecord() && !FORMS.containsKey(raw) && !isSingleValue(type)) {
      return branch(raw, nullable);
    }
    return leaf(raw, nullable);
  }

  private Schema.Branch branch(Class<?> type, boolean nullable) {
    Map<String, RecordComponent> components =
        Arrays.stream(type.getRecordComponents())
            .collect(Collectors.toMap(RecordComponent::getName, component -> component));
    Map<String, Schema> fields = new LinkedHashMap<>();
    JavaType javaType = mapper.constructType(type);
    for (BeanPropertyDefinition property : describe(javaType).findProperties()) {
      RecordComponent component = components.get(property.getInternalName());
      if (component != null) {
        JavaType componentType = mapper.constructType(component.getGenericType());
        fields.put(property.getName(), schema(componentType, isNullable(component)));
      }
    }
    if (fields.size() != components.size()) {
      throw new IllegalStateException(
          type.getName() + " has components that cannot be configured; only " + fields.keySet());
    }
    return new Schema.Branch(fields, shorthand(type, components), nullable);
  }

  private Schema.Leaf leaf(Class<?> raw, boolean nullable) {
    if (raw == String.class) {
      return leaf(Schema.Kind.TEXT, "text", nullable);
    }
    if (List.of(int.class, long.class, Integer.class, Long.class).contains(raw)) {
      return leaf(Schema.Kind.WHOLE, "a whole number", nullable);
    }
    if (raw == double.class || raw == Double.class) {
      return leaf(Schema.Kind.NUMBER, "a number", nullable);
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return leaf(Schema.Kind.SWITCH, "true or false", nullable);
    }
    if (JsonNode.class.isAssignableFrom(raw)) {
      return leaf(Schema.Kind.ANY, "anything", nullable);
    }
    if (raw.isEnum()) {
      return leaf(Schema.Kind.FORM, "one of " + choices(raw), nullable);
    }
    String form = FORMS.getOrDefault(raw, "a " + raw.getSimpleName());
    boolean secret = raw == Secret.class || raw == ServiceUrl.class;
    return new Schema.Leaf(Schema.Kind.FORM, form, nullable, secret);
  }

  private static Schema.Leaf leaf(Schema.Kind kind, String expected, boolean nullable) {
    return new Schema.Leaf(kind, expected, nullable, false);
  }

  private String choices(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(choice -> mapper.valueToTree(choice).asText())
        .collect(Collectors.joining(", "));
  }

  private BeanDescription describe(JavaType type) {
    return mapper.getDeserializationConfig().introspect(type);
  }

  private boolean isSingleValue(JavaType type) {
    return mapper.getSerializationConfig().introspect(type).findJsonValueAccessor() != null;
  }

  private static boolean isNullable(RecordComponent component) {
    AnnotatedType type = component.getAnnotatedType();
    return type.isAnnotationPresent(Nullable.class);
  }

  private static @Nullable String shorthand(
      Class<?> type, Map<String, RecordComponent> components) {
    for (Method method : type.getDeclaredMethods()) {
      boolean delegates =
          creatorMode(method).filter(mode -> mode == JsonCreator.Mode.DELEGATING).isPresent();
      if (delegates && method.getParameterCount() == 1) {
        String name = method.getParameters()[0].getName();
        if (components.containsKey(name)) {
          return name;
        }
      }
    }
    return null;
  }

  private static Optional<JsonCreator.Mode> creatorMode(AnnotatedElement element) {
    return Optional.ofNullable(element.getAnnotation(JsonCreator.class)).map(JsonCreator::mode);
  }
}
