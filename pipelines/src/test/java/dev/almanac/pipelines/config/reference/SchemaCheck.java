package dev.almanac.pipelines.config.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Whether a value is valid by a schema, of the keywords of JSON Schema that ours has. */
public record SchemaCheck(JsonNode root) {
  private static final Set<String> REMARKS =
      Set.of("$schema", "title", "description", "default", "format", "then");

  /** That of configs. */
  public static SchemaCheck ofConfigs() {
    return new SchemaCheck(new ConfigSchema(ConfigReference.ofReaders()).tree());
  }

  /** Whether a config's text is valid. */
  public boolean takes(String yaml) {
    return isValid(Examples.tree(yaml));
  }

  boolean isValid(JsonNode value) {
    return isValid(root, value);
  }

  private boolean isValid(JsonNode schema, JsonNode value) {
    for (Map.Entry<String, JsonNode> rule : schema.properties()) {
      if (!REMARKS.contains(rule.getKey())
          && !holds(rule.getKey(), rule.getValue(), schema, value)) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(String keyword, JsonNode rule, JsonNode schema, JsonNode value) {
    return switch (keyword) {
      case "type" -> rule.isArray() ? any(rule, of -> isOfType(of, value)) : isOfType(rule, value);
      case "enum" -> any(rule, value::equals);
      case "const" -> rule.equals(value);
      case "pattern" ->
          !value.isTextual() || Pattern.compile(rule.textValue()).matcher(value.textValue()).find();
      case "minLength" -> !value.isTextual() || value.textValue().length() >= rule.intValue();
      case "maxLength" -> !value.isTextual() || value.textValue().length() <= rule.intValue();
      case "minimum" -> !value.isNumber() || value.doubleValue() >= rule.doubleValue();
      case "maximum" -> !value.isNumber() || value.doubleValue() <= rule.doubleValue();
      case "exclusiveMinimum" -> !value.isNumber() || value.doubleValue() > rule.doubleValue();
      case "exclusiveMaximum" -> !value.isNumber() || value.doubleValue() < rule.doubleValue();
      case "minItems" -> !value.isArray() || value.size() >= rule.intValue();
      case "maxItems" -> !value.isArray() || value.size() <= rule.intValue();
      case "uniqueItems" -> !value.isArray() || distinct(value) == value.size();
      case "items" -> !value.isArray() || all(value, of -> isValid(rule, of));
      case "required" -> !value.isObject() || all(rule, of -> value.has(of.textValue()));
      case "properties" ->
          rule.properties().stream()
              .allMatch(
                  at -> !value.has(at.getKey()) || isValid(at.getValue(), value.get(at.getKey())));
      case "additionalProperties" ->
          value.properties().stream()
              .filter(at -> !schema.path("properties").has(at.getKey()))
              .allMatch(at -> !rule.isBoolean() && isValid(rule, at.getValue()));
      case "anyOf" -> any(rule, of -> isValid(of, value));
      case "oneOf" -> count(rule, value) == 1;
      case "allOf" -> all(rule, of -> isValid(of, value));
      case "if" -> !isValid(rule, value) || isValid(schema.get("then"), value);
      case "$ref" -> isValid(root.at(rule.textValue().substring(1)), value);
      default -> throw new IllegalArgumentException("Cannot check '%s'".formatted(keyword));
    };
  }

  private static boolean isOfType(JsonNode type, JsonNode value) {
    return switch (type.textValue()) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException("Cannot check type " + type);
    };
  }

  private int count(JsonNode schemas, JsonNode value) {
    return (int)
        StreamSupport.stream(schemas.spliterator(), false).filter(of -> isValid(of, value)).count();
  }

  private static int distinct(JsonNode list) {
    Set<JsonNode> distinct = new HashSet<>();
    list.forEach(distinct::add);
    return distinct.size();
  }

  private static boolean any(JsonNode list, Predicate<JsonNode> test) {
    return StreamSupport.stream(list.spliterator(), false).anyMatch(test);
  }

  private static boolean all(JsonNode list, Predicate<JsonNode> test) {
    return StreamSupport.stream(list.spliterator(), false).allMatch(test);
  }
}
