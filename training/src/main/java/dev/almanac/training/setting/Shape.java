package dev.almanac.training.setting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** What a value may be, for a person and for an editor. */
public interface Shape {
  /** For a person; completes "must be ", such as {@code an integer from 1 to 16}. */
  String text();

  /** The same in JSON Schema; a new tree. */
  ObjectNode schema();

  /**
   * The same where keys stand in the value.
   *
   * @param keys their schemas by name
   * @param required those that must be there
   */
  default ObjectNode schema(Map<String, ObjectNode> keys, List<String> required) {
    return schema();
  }

  /** The words that fit, where it is words. */
  default List<String> words() {
    return List.of();
  }

  /** Whether examples are of the keys in it, not of itself. */
  default boolean isContainer() {
    return isSection();
  }

  /** Whether it is a section, of keys that a config knows. */
  default boolean isSection() {
    return false;
  }
}
