package dev.almanac.pipelines.config.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Shape;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.KeyedRecord;
import dev.almanac.transforms.problem.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Finds what the keys of a step may be by trying values on its reader: the ends of numbers, the
 * words that are taken, whether a text is one character. What is found is thus what the step does.
 */
final class StepProbe {
  private final String name;
  private final Class<?> type;
  private final List<KeyedRecord.Key> keys;

  StepProbe(String name, Class<?> type) {
    this.name = name;
    this.type = type;
    this.keys = KeyedRecord.keys(type);
  }

  /** The keys, each with its path below the step's. */
  List<Asked> asked(String path) {
    return keys.stream()
        .map(
            key ->
                new Asked(
                    path + "." + key.name(),
                    shape(key),
                    key.mayBeAbsent() ? fallback(key) : null,
                    !key.mayBeAbsent()))
        .toList();
  }

  private static JsonNode fallback(KeyedRecord.Key key) {
    return key.absent() == null ? null : Json.mapper().valueToTree(key.absent());
  }

  private Shape shape(KeyedRecord.Key key) {
    Class<?> of = key.element() == null ? key.type() : key.element();
    ObjectNode sound = sound(key, candidates(key));
    if (of.isEnum()) {
      List<String> words =
          constants(of).stream()
              .filter(word -> found(key, List.of(wrapped(key, word))).isPresent())
              .map(JsonNode::textValue)
              .toList();
      return key.element() == null ? new Rule.Word(words) : Plain.ofWords(words);
    } else if (of == boolean.class) {
      return new Rule.Flag();
    } else if (of == String.class) {
      boolean any = takes(sound, key, TextNode.valueOf("xy"));
      return key.element() != null ? Plain.ofTexts() : any ? Plain.ofText() : Plain.ofCharacter();
    } else if (key.element() != null) {
      return Plain.ofNumbers();
    }
    return of == double.class || of == Double.class
        ? decimal(sound, key)
        : whole(sound, key, of == int.class || of == Integer.class);
  }

  private Rule whole(ObjectNode sound, KeyedRecord.Key key, boolean isInt) {
    long from = sound.get(key.name()).longValue();
    LongFunction<JsonNode> node = isInt ? at -> IntNode.valueOf((int) at) : LongNode::valueOf;
    return new Rule.Whole(
        end(from, isInt ? Integer.MIN_VALUE : Long.MIN_VALUE, node, sound, key),
        end(from, isInt ? Integer.MAX_VALUE : Long.MAX_VALUE, node, sound, key));
  }

  private Rule decimal(ObjectNode sound, KeyedRecord.Key key) {
    LongFunction<JsonNode> node = at -> DoubleNode.valueOf(ofOrder(at));
    long from = order(sound.get(key.name()).doubleValue());
    return Rule.Decimal.between(
        ofOrder(end(from, order(-Double.MAX_VALUE), node, sound, key)),
        ofOrder(end(from, order(Double.MAX_VALUE), node, sound, key)));
  }

  /** The last value on the way from one that is taken to another that may not be. */
  private long end(
      long taken, long last, LongFunction<JsonNode> node, ObjectNode sound, KeyedRecord.Key key) {
    if (takes(sound, key, node.apply(last))) {
      return last;
    }
    long inside = taken;
    long outside = last;
    while (Math.abs(outside / 2 - inside / 2) > 1 || Math.abs(outside - inside) > 1) {
      long between = (inside & outside) + ((inside ^ outside) >> 1);
      if (takes(sound, key, node.apply(between))) {
        inside = between;
      } else {
        outside = between;
      }
    }
    return inside;
  }

  /** Longs in the order of doubles. */
  private static long order(double value) {
    long bits = Double.doubleToLongBits(value);
    return bits >= 0 ? bits : Long.MIN_VALUE - bits;
  }

  private static double ofOrder(long order) {
    return Double.longBitsToDouble(order >= 0 ? order : Long.MIN_VALUE - order);
  }

  private boolean takes(ObjectNode sound, KeyedRecord.Key key, JsonNode value) {
    return reads(sound.deepCopy().set(key.name(), value));
  }

  private boolean reads(JsonNode of) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().set(name, of);
    return KeyedRecord.read(node, Map.of(name, type), new Problems()).isPresent();
  }

  private ObjectNode sound(KeyedRecord.Key key, List<JsonNode> values) {
    return found(key, values)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Cannot tell what %s.%s may be: no value that was tried is taken"
                        .formatted(name, key.name())));
  }

  /** Keys that the reader takes: this one, and of the others those that it cannot do without. */
  private Optional<ObjectNode> found(KeyedRecord.Key key, List<JsonNode> values) {
    Map<String, List<JsonNode>> tried = new LinkedHashMap<>();
    for (KeyedRecord.Key other : keys) {
      if (other.equals(key)) {
        tried.put(key.name(), values);
      } else if (!other.mayBeAbsent()) {
        tried.put(other.name(), candidates(other));
      }
    }
    return found(JsonNodeFactory.instance.objectNode(), new ArrayList<>(tried.entrySet()), 0)
        // Some steps want one of two keys that may each be absent.
        .or(
            () ->
                keys.stream()
                    .filter(other -> other.mayBeAbsent() && !other.equals(key))
                    .map(
                        other -> {
                          Map<String, List<JsonNode>> more = new LinkedHashMap<>(tried);
                          more.put(other.name(), candidates(other));
                          return found(
                              JsonNodeFactory.instance.objectNode(),
                              new ArrayList<>(more.entrySet()),
                              0);
                        })
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  private Optional<ObjectNode> found(
      ObjectNode so, List<Map.Entry<String, List<JsonNode>>> tried, int at) {
    if (at == tried.size()) {
      return reads(so) ? Optional.of(so.deepCopy()) : Optional.empty();
    }
    for (JsonNode value : tried.get(at).getValue()) {
      so.set(tried.get(at).getKey(), value);
      Optional<ObjectNode> found = found(so, tried, at + 1);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static List<JsonNode> candidates(KeyedRecord.Key key) {
    Class<?> of = key.element() == null ? key.type() : key.element();
    if (of.isEnum()) {
      return constants(of).stream().map(word -> wrapped(key, word)).toList();
    }
    List<JsonNode> values = new ArrayList<>();
    if (of == boolean.class) {
      values.add(wrapped(key, BooleanNode.TRUE));
    } else if (of == String.class) {
      // A name, and a mark.
      values.add(wrapped(key, TextNode.valueOf("x")));
      values.add(wrapped(key, TextNode.valueOf(",")));
    } else {
      values.add(wrapped(key, IntNode.valueOf(1)));
      values.add(wrapped(key, IntNode.valueOf(2)));
    }
    if (key.element() == Double.class) {
      // A range: two numbers, one above the other.
      values.add(JsonNodeFactory.instance.arrayNode().add(1.0).add(2.0));
    }
    return values;
  }

  private static JsonNode wrapped(KeyedRecord.Key key, JsonNode value) {
    if (key.element() == null) {
      return value;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    return list.add(value);
  }

  private static List<JsonNode> constants(Class<?> words) {
    return Arrays.stream(words.getEnumConstants())
        .<JsonNode>map(constant -> Json.mapper().valueToTree(constant))
        .toList();
  }
}
