package dev.almanac.training.objective;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Choices;
import dev.almanac.training.setting.Kind;
import dev.almanac.transforms.manifest.DatasetColumns;

/** What training lowers: the {@code loss:} section of a config. */
public sealed interface LossChoice permits NumberLoss, ClassLoss {
  /** The losses of a task, by their names. */
  static Choices<Kind<LossChoice>> of(Task task) {
    return task.isClassification() ? ClassLoss.CHOICES : NumberLoss.CHOICES;
  }

  /** What a task lowers when nothing is chosen. */
  static LossChoice usual(Task task) {
    Choices<Kind<LossChoice>> losses = of(task);
    return losses.of(losses.usual()).make(losses.usually());
  }

  /** Its name in a config. */
  String name();

  /** Whether it is of classes and not of a number. */
  boolean isOfClasses();

  /** Whether it looks at how many rows each class has. */
  default boolean countsClasses() {
    return false;
  }

  /** Puts what was chosen into a section. */
  void write(ObjectNode section);

  /**
   * The objective for a label that suits it.
   *
   * @param classRows train rows of each class; may be null unless it counts them
   */
  Objective objective(DatasetColumns.Label label, long[] classRows);

  /** As a config has it, complete. */
  default ObjectNode json() {
    ObjectNode section = JsonNodeFactory.instance.objectNode();
    section.put("name", name());
    write(section);
    return section;
  }
}
