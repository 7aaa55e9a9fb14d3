package dev.almanac.pipelines.config.shape;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Shape;
import java.util.List;

/** A value without keys in it. */
public record Plain(String text, ObjectNode schema) implements Shape {
  private static final String TYPE = "type";

  @Override
  public ObjectNode schema() {
    return schema.deepCopy();
  }

  /** A text; numbers and truth values count as they are written. */
  public static Plain ofText() {
    return new Plain("text", scalar());
  }

  /**
   * A text of a form.
   *
   * @param pattern of JSON Schema
   */
  public static Plain ofText(String text, String pattern) {
    return new Plain(text, scalar().put("pattern", pattern));
  }

  /** A list of texts, each once. */
  public static Plain ofTexts() {
    ObjectNode schema = typed("array").put("uniqueItems", true);
    schema.set("items", scalar());
    return new Plain("a list of texts", schema);
  }

  /** A list of some words. */
  public static Plain ofWords(List<String> words) {
    ObjectNode schema = typed("array").put("minItems", 1);
    words.forEach(schema.putObject("items").putArray("enum")::add);
    return new Plain("a list of " + String.join(", ", words), schema);
  }

  /** A list of numbers. */
  public static Plain ofNumbers() {
    ObjectNode schema = typed("array");
    schema.set("items", typed("number"));
    return new Plain("a list of numbers", schema);
  }

  /** A day. */
  public static Plain ofDate() {
    return new Plain(
        "a date such as 2013-01-01",
        typed("string").put("pattern", "^\\d{4}-\\d{2}-\\d{2}$").put("format", "date"));
  }

  /** One character. */
  public static Plain ofCharacter() {
    return new Plain("one character", character());
  }

  /** One character, or a word for none. */
  public static Plain ofCharacterOr(String none) {
    ObjectNode schema = empty();
    schema.putArray("anyOf").add(character()).add(empty().put("const", none));
    return new Plain("one character, or " + none, schema);
  }

  /** Some words, or a list of texts. */
  public static Plain ofWordsOrTexts(List<String> words) {
    ObjectNode schema = empty();
    ObjectNode list = typed("array").put("uniqueItems", true);
    list.set("items", scalar());
    ObjectNode word = empty();
    words.forEach(word.putArray("enum")::add);
    schema.putArray("anyOf").add(word).add(list);
    return new Plain("%s, or a list of texts".formatted(String.join(", ", words)), schema);
  }

  /** A list of values of any kind, each once. */
  public static Plain ofValues() {
    return new Plain(
        "a list of values", typed("array").put("minItems", 1).put("uniqueItems", true));
  }

  /** A value of any kind. */
  public static Plain ofAny() {
    return new Plain("a value of any kind", empty());
  }

  /** Two ends of a range. */
  public static Plain ofEnds(String type) {
    ObjectNode schema = typed("array").put("minItems", 2).put("maxItems", 2);
    schema.set("items", typed(type));
    return new Plain("the lowest and the highest %s".formatted(type), schema);
  }

  private static ObjectNode character() {
    return typed("string").put("minLength", 1).put("maxLength", 1);
  }

  private static ObjectNode scalar() {
    ObjectNode schema = empty();
    schema.putArray(TYPE).add("string").add("number").add("boolean");
    return schema;
  }

  private static ObjectNode typed(String type) {
    return empty().put(TYPE, type);
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
