package dev.almanac.training.search.trial;

import dev.almanac.transforms.problem.RefusedException;
import java.util.Arrays;
import java.util.List;

/** What the training of a trial is counted in. */
public enum Resource {
  EPOCHS("epochs"),
  /** Those of the train split that were read, over all epochs: each has all of them once. */
  ROW_GROUPS("row-groups");

  private final String text;

  Resource(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(Resource::text).toList();
  }

  /**
   * The resource with this name.
   *
   * @throws RefusedException naming those there are
   */
  public static Resource of(String text) {
    return Arrays.stream(values())
        .filter(resource -> resource.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "Cannot count training in '%s': it is counted in %s"
                        .formatted(text, String.join(", ", names()))));
  }

  /** A place in a training, as a person says it: {@code epoch 3}, {@code 3 row groups}. */
  public String at(int place) {
    return this == EPOCHS ? "epoch " + place : place == 1 ? "1 row group" : place + " row groups";
  }

  /** As a person says it: {@code epochs}, {@code row groups}. */
  public String words() {
    return text.replace('-', ' ');
  }
}
