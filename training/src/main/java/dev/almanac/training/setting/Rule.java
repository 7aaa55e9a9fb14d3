package dev.almanac.training.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a value must be. */
public sealed interface Rule {
  /** For a person; completes "must be ", such as {@code an integer from 1 to 16}. */
  String text();

  boolean fits(JsonNode value);

  /** The words that fit, where it is words. */
  default List<String> words() {
    return List.of();
  }

  /** A value that fits in the one form that stands for it: {@code 1} of a number is 1.0. */
  default JsonNode canonical(JsonNode value) {
    return value;
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

    @Override
    public String text() {
      return "a number " + range;
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
    public JsonNode canonical(JsonNode value) {
      ObjectNode named = JsonNodeFactory.instance.objectNode();
      value.fields().forEachRemaining(at -> named.set(at.getKey(), each.canonical(at.getValue())));
      return named;
    }
  }
}
