package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;

/** Numbers as JSON has them. */
final class Numbers {
  /** Of a step: what two ways to compute the same multiple of it may differ by. */
  private static final double ROUNDING = 1e-9;

  private Numbers() {}

  /** The node that a JSON reader makes of this number, so that values survive a file as equals. */
  static JsonNode node(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  /** Whether two values are the same: of numbers, whether they are as large. */
  static boolean same(JsonNode one, JsonNode other) {
    return one.equals(other)
        || one.isNumber() && other.isNumber() && one.doubleValue() == other.doubleValue();
  }

  /** The coordinate of a number on a line, or null when it is not on it. */
  static double[] on(Axis axis, JsonNode value) {
    if (!value.isNumber()) {
      return null;
    }
    double number = value.doubleValue();
    if (!(number >= axis.low() && number <= axis.high())) {
      return null;
    }
    if (axis.step() > 0) {
      double steps = (number - axis.low()) / axis.step();
      if (Math.abs(steps - Math.rint(steps)) > ROUNDING * Math.max(1, Math.abs(steps))) {
        return null;
      }
    }
    return new double[] {number};
  }
}
