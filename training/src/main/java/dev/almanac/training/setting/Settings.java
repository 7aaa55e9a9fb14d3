package dev.almanac.training.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.problem.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * What was chosen in a section: every key of its {@link Form} has a value that fits.
 *
 * @param values an object, keys in the order of the form; not to be written to
 */
public record Settings(ObjectNode values) {
  public int whole(String key) {
    return value(key).intValue();
  }

  public long longWhole(String key) {
    return value(key).longValue();
  }

  public double number(String key) {
    return value(key).doubleValue();
  }

  public String text(String key) {
    return value(key).textValue();
  }

  public boolean flag(String key) {
    return value(key).booleanValue();
  }

  public int[] wholes(String key) {
    return StreamSupport.stream(value(key).spliterator(), false)
        .flatMapToInt(value -> IntStream.of(value.intValue()))
        .toArray();
  }

  /** Numbers by names of the user's, in their order. */
  public Map<String, Double> named(String key) {
    Map<String, Double> named = new LinkedHashMap<>();
    value(key).properties().forEach(at -> named.put(at.getKey(), at.getValue().doubleValue()));
    return named;
  }

  /** A section within this one. */
  public Settings section(String key) {
    return new Settings((ObjectNode) value(key));
  }

  private JsonNode value(String key) {
    JsonNode value = values.get(key);
    if (value == null) {
      throw new RefusedException("Cannot read setting '%s': it has no value".formatted(key));
    }
    return value;
  }
}
