package dev.almanac.transforms.manifest;

import java.io.Serializable;

/**
 * A feature that was asked for and that no model gets.
 *
 * @param reason why, such as {@link #EMPTY}
 */
public record LeftOut(String column, String reason) implements Serializable {
  /** There is nothing to learn from, and nothing to tell a value by. */
  public static final String EMPTY = "no value in train";
}
