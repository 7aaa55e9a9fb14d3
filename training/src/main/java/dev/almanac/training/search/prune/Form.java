package dev.almanac.training.search.prune;

import dev.almanac.transforms.problem.RefusedException;
import java.util.Arrays;
import java.util.List;

/** What becomes of a trial that is not among the best of its rung. */
public enum Form {
  /** It waits, and goes on from its checkpoint should it be among the best later. */
  PROMOTE("promote"),
  /** It ends. */
  STOP("stop");

  private final String text;

  Form(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Form::text).toList();
  }

  static Form of(String text) {
    return Arrays.stream(values())
        .filter(form -> form.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "Cannot prune in form '%s': forms are %s"
                        .formatted(text, String.join(", ", names()))));
  }
}
