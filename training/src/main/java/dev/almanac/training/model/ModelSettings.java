package dev.almanac.training.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.problem.RefusedException;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * The choices made for one model: every setting of its family has a value that fits.
 *
 * @param values an object, keys in the order of {@link ModelFamily#settings}
 */
public record ModelSettings(String family, ObjectNode values) {
  int wholeNumber(String name) {
    return value(name).intValue();
  }

  double number(String name) {
    return value(name).doubleValue();
  }

  String text(String name) {
    return value(name).textValue();
  }

  int[] wholeNumbers(String name) {
    return StreamSupport.stream(value(name).spliterator(), false)
        .flatMapToInt(value -> IntStream.of(value.intValue()))
        .toArray();
  }

  private JsonNode value(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw new RefusedException(
          "Cannot build model '%s': setting '%s' has no value".formatted(family, name));
    }
    return value;
  }
}
