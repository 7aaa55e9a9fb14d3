package dev.almanac.transforms.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.problem.Problems;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Steps as configs and artifacts spell them: an object of one key, the step's name, whose value is
 * an object of the record's components in kebab case; or the bare name when nothing is to be said.
 *
 * <p>Reading reports every problem, each with its place, and gives nothing when there was one. A
 * component of text takes a number or a truth value too, as text.
 */
public final class KeyedRecord {
  private KeyedRecord() {}

  /**
   * Reads one step.
   *
   * @param known the records there are, by name
   * @param problems at the place where the node stands, such as {@code features[2]}
   */
  public static <T> Optional<T> read(
      JsonNode node, Map<String, ? extends Class<? extends T>> known, Problems problems) {
    boolean keyed = node.isObject() && node.size() == 1;
    if (!keyed && !node.isTextual()) {
      problems.add(
          "must be a name or an object of one key, a name (names: %s)"
              .formatted(new TreeSet<>(known.keySet())));
      return Optional.empty();
    }
    String name = keyed ? node.fieldNames().next() : node.textValue();
    Class<? extends T> type = known.get(name);
    if (type == null) {
      problems.add(
          "unknown name '%s' (known names: %s)".formatted(name, new TreeSet<>(known.keySet())));
      return Optional.empty();
    }
    JsonNode keys = keyed ? node.get(name) : JsonNodeFactory.instance.objectNode();
    return components(keys, type, problems.at(name));
  }

  /** The object of one key that {@link #read} reads back as an equal record. */
  public static ObjectNode write(String name, Record step) {
    ObjectNode keys = JsonNodeFactory.instance.objectNode();
    for (RecordComponent component : step.getClass().getRecordComponents()) {
      Object value = value(component, step);
      if (value != null && !isDefault(component, value)) {
        keys.set(key(component), Json.mapper().valueToTree(value));
      }
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set(name, keys);
    return node;
  }

  /**
   * A key of a step.
   *
   * @param element of lists; null for others
   * @param absent what it is when it is not there; null when that is nothing
   */
  public record Key(
      String name, Class<?> type, Class<?> element, boolean mayBeAbsent, Object absent) {}

  /** The keys of steps of a class. */
  public static List<Key> keys(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(
            component ->
                new Key(
                    key(component),
                    component.getType(),
                    component.getGenericType() instanceof ParameterizedType list
                        ? (Class<?>) list.getActualTypeArguments()[0]
                        : null,
                    component.isAnnotationPresent(MayBeAbsent.class),
                    absent(component)))
        .toList();
  }

  private static <T> Optional<T> components(
      JsonNode keys, Class<? extends T> type, Problems problems) {
    RecordComponent[] components = type.getRecordComponents();
    List<String> known = Arrays.stream(components).map(KeyedRecord::key).toList();
    if (!keys.isObject()) {
      problems.add("must be an object (keys: %s)".formatted(known));
      return Optional.empty();
    }
    int before = problems.count();
    keys.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                problems.add("unknown key '%s' (known keys: %s)".formatted(key, known));
              }
            });
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = component(keys.get(known.get(i)), components[i], problems);
    }
    return problems.count() > before ? Optional.empty() : make(type, values, problems);
  }

  private static Object component(JsonNode node, RecordComponent component, Problems problems) {
    if (node == null || node.isNull()) {
      if (!component.isAnnotationPresent(MayBeAbsent.class)) {
        problems.add("key '%s' is missing".formatted(key(component)));
      }
      return absent(component);
    }
    if (component.getType() == String.class && node.isValueNode()) {
      return node.asText();
    }
    JsonMapper mapper = Json.mapper();
    try {
      return mapper.treeToValue(node, mapper.constructType(component.getGenericType()));
    } catch (JsonProcessingException e) {
      problems.at(key(component)).add(firstLine(e.getOriginalMessage()));
      return absent(component);
    }
  }

  private static <T> Optional<T> make(Class<? extends T> type, Object[] values, Problems problems) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return Optional.of(type.getConstructor(types).newInstance(values));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        problems.add(wrong.getMessage());
        return Optional.empty();
      }
      throw new IllegalStateException("Cannot make a " + type.getSimpleName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make a " + type.getSimpleName(), e);
    }
  }

  /** What an absent key means: null, or the zero of a primitive type. */
  private static Object absent(RecordComponent component) {
    return component.getType().isPrimitive()
        ? Array.get(Array.newInstance(component.getType(), 1), 0)
        : null;
  }

  private static boolean isDefault(RecordComponent component, Object value) {
    return component.isAnnotationPresent(MayBeAbsent.class) && value.equals(absent(component));
  }

  private static Object value(RecordComponent component, Record step) {
    try {
      return component.getAccessor().invoke(step);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + component, e);
    }
  }

  private static String key(RecordComponent component) {
    return PropertyNamingStrategies.KebabCaseStrategy.INSTANCE.translate(component.getName());
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
