package dev.almanac.training.run.find;

import dev.almanac.transforms.problem.RequestException;

/** A filter or an order that says nothing; the message shows the place in its text. */
public final class FilterException extends RequestException {
  private static final long serialVersionUID = 1L;

  /**
   * @param at where in the text, from 0
   */
  FilterException(String what, String text, int at, String why) {
    super(
        "Cannot read the %s: %s (column %s)\n  %s\n  %s^"
            .formatted(what, why, at + 1, text.replaceAll("\\s", " "), " ".repeat(at)));
  }
}
