package dev.almanac.training.objective;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.Arrays;
import java.util.List;

/** What a model predicts. */
public enum Task {
  /** A number. */
  REGRESSION(LabelKind.REGRESSION, 0, 0, "be a number"),
  /** The probability of the second of two classes. */
  BINARY(LabelKind.BINARY, 2, 2, "have two classes"),
  /** A probability for each of three classes or more. */
  MULTICLASS(LabelKind.MULTICLASS, 3, Integer.MAX_VALUE, "have three classes or more");

  private final LabelKind label;
  private final int least;
  private final int most;
  private final String labels;

  /**
   * @param label that it predicts, by whose name it goes
   * @param least classes of a label, at the least; 0 of a number
   * @param labels what a label must do, for a person
   */
  Task(LabelKind label, int least, int most, String labels) {
    this.label = label;
    this.least = least;
    this.most = most;
    this.labels = labels;
  }

  @JsonValue
  public String text() {
    return label.text();
  }

  /**
   * The task with this name.
   *
   * @throws IllegalArgumentException naming the three there are
   */
  @JsonCreator
  public static Task of(String text) {
    for (Task task : values()) {
      if (task.text().equals(text)) {
        return task;
      }
    }
    throw new IllegalArgumentException(
        "Cannot train for '%s': tasks are regression, binary, multiclass".formatted(text));
  }

  /** What its label is. */
  public LabelKind label() {
    return label;
  }

  public boolean isClassification() {
    return label.isClasses();
  }

  /** All names, the usual task first. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Task::text).toList();
  }

  /**
   * Refuses a label that is not of this task.
   *
   * @throws TrainingException saying what it is
   */
  void require(DatasetColumns.Label label) {
    int classes = label.isClasses() ? label.classes().size() : 0;
    if (label.isClasses() != isClassification() || classes < least || classes > most) {
      throw new TrainingException(
          "Cannot train for %s on label '%s': it must %s (%s)"
              .formatted(
                  text(),
                  label.column(),
                  labels,
                  label.isClasses()
                      ? "it has " + classes + " in the train split"
                      : "it is a number"));
    }
  }
}
