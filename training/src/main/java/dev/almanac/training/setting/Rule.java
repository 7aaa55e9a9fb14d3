package dev.almanac.training.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a value must be. */
public sealed interface Rule extends Shape {
  boolean fits(JsonNode value);

  /** A value that fits in the one form that stands for it: {@code 1} of a number is 1.0. */
  default JsonNode canonical(JsonNode value) {
    return value;
  }

  private static ObjectNode typed(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  /** An integer of 64 bits, both ends counted. */
  record Whole(long least, long most) implements Rule {
    @Override
    public String text() {
      if (least == Long.MIN_VALUE) {
        return "an integer of 64 bits";
      }
      return most >= Integer.MAX_VALUE
          ? "an integer of %s or more".formatted(least)
          : "an integer from %s to %s".formatted(least, most);
    }

    @Override
    public boolean fits(JsonNode value) {
      return value.isIntegralNumber()
          && value.canConvertToLong()
          && value.longValue() >= least
          && value.longValue() <= most;
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = typed("integer");
      if (least > Long.MIN_VALUE) {
        schema.put("minimum", least);
      }
      return most < Integer.MAX_VALUE ? schema.put("maximum", most) : schema;
    }

    @Override
    public JsonNode canonical(JsonNode value) {
      long number = value.longValue();
      return number == (int) number
          ? JsonNodeFactory.instance.numberNode((int) number)
          : JsonNodeFactory.instance.numberNode(number);
    }
  }

  /**
   * A number, both ends counted.
   *
   * @param range completes "a number "
   */
  record Decimal(double least, double most, String range) implements Rule {
    /** Above 0, as float32 has it. */
    public static final Decimal POSITIVE =
        new Decimal(
            Float.MIN_NORMAL, Float.MAX_VALUE, "above 0 that float32 holds, 1.2e-38 to 3.4e38");

    /** 0 or more, as float32 has it. */
    public static final Decimal SIZE =
        new Decimal(0, Float.MAX_VALUE, "of 0 or more that float32 holds, up to 3.4e38");

    /** A part of a whole, less than all of it. */
    public static final Decimal SHARE = new Decimal(0, Math.nextDown(1.0), "from 0 to below 1");

    /** A part of a whole, neither none of it nor all. */
    public static final Decimal INSIDE =
        new Decimal(Double.MIN_VALUE, Math.nextDown(1.0), "between 0 and 1");

    /** Any number between two, its text made of them. */
    public static Decimal between(double least, double most) {
      boolean low = least > -Double.MAX_VALUE;
      boolean high = most < Double.MAX_VALUE;
      String above = isOpen(least, -1) ? "above " + Math.nextDown(least) : "from " + least;
      String below = isOpen(most, 1) ? "below " + Math.nextUp(most) : "up to " + most;
      String range = low && high ? above + " and " + below : low ? above : high ? below : "";
      return new Decimal(least, most, range.replaceAll("\\.0\\b", ""));
    }

    /** Whether the end is next to a rounder number, which is then the end that does not count. */
    private static boolean isOpen(double end, int outward) {
      double next = outward < 0 ? Math.nextDown(end) : Math.nextUp(end);
      return Double.toString(next).length() < Double.toString(end).length();
    }

    /** A part of a whole, none of it and all of it counted. */
    public static final Decimal PART = new Decimal(0, 1, "from 0 to 1");

    @Override
    public String text() {
      return ("a number " + range).strip();
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = typed("number");
      if (least > -Double.MAX_VALUE) {
        boolean open = isOpen(least, -1);
        schema.put(open ? "exclusiveMinimum" : "minimum", open ? Math.nextDown(least) : least);
      }
      if (most < Double.MAX_VALUE) {
        boolean open = isOpen(most, 1);
        schema.put(open ? "exclusiveMaximum" : "maximum", open ? Math.nextUp(most) : most);
      }
      return schema;
    }

    @Override
    public boolean fits(JsonNode value) {
      return value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most;
    }

    @Override
    public JsonNode canonical(JsonNode value) {
      return DoubleNode.valueOf(value.doubleValue());
    }
  }

  /** One of some words. */
  record Word(List<String> words) implements Rule {
    public Word {
      words = List.copyOf(words);
    }

    @Override
    public String text() {
      return "one of " + String.join(", ", words);
    }

    @Override
    public boolean fits(JsonNode value) {
      return value.isTextual() && words.contains(value.textValue());
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = JsonNodeFactory.instance.objectNode();
      words.forEach(schema.putArray("enum")::add);
      return schema;
    }
  }

  /** {@code true} or {@code false}. */
  record Flag() implements Rule {
    @Override
    public String text() {
      return "true or false";
    }

    @Override
    public boolean fits(JsonNode value) {
      return value.isBoolean();
    }

    @Override
    public ObjectNode schema() {
      return typed("boolean");
    }
  }

  /** A list of 1 to so many integers. */
  record Wholes(Whole each, int most) implements Rule {
    @Override
    public String text() {
      return "a list of 1 to %s integers from %s to %s".formatted(most, each.least, each.most);
    }

    @Override
    public boolean fits(JsonNode value) {
      if (!value.isArray() || value.isEmpty() || value.size() > most) {
        return false;
      }
      for (JsonNode element : value) {
        if (!each.fits(element)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = typed("array").put("minItems", 1).put("maxItems", most);
      return schema.set("items", each.schema());
    }

    @Override
    public JsonNode canonical(JsonNode value) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> list.add(each.canonical(element)));
      return list;
    }
  }

  /** A number for each of some names that are the user's own. */
  record Named(Decimal each) implements Rule {
    @Override
    public String text() {
      return "a section of names, each with " + each.text();
    }

    @Override
    public boolean fits(JsonNode value) {
      if (!value.isObject()) {
        return false;
      }
      for (JsonNode element : value) {
        if (!each.fits(element)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public ObjectNode schema() {
      return typed("object").set("additionalProperties", each.schema());
    }

    @Override
    public JsonNode canonical(JsonNode value) {
      ObjectNode named = JsonNodeFactory.instance.objectNode();
      value.fields().forEachRemaining(at -> named.set(at.getKey(), each.canonical(at.getValue())));
      return named;
    }
  }
}
