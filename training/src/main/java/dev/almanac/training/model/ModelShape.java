package dev.almanac.training.model;

import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.problem.RefusedException;
import java.util.List;

/**
 * The inputs and outputs of a model.
 *
 * @param numeric how many numeric features a row has
 * @param nominal the category columns, in the order of their indices in a row
 * @param outputs numbers a row: 1 for regression and for two classes (a logit), else a logit a
 *     class
 */
public record ModelShape(int numeric, List<DatasetColumns.Category> nominal, int outputs) {
  public ModelShape {
    nominal = List.copyOf(nominal);
    if (numeric + nominal.size() == 0) {
      throw new RefusedException(
          "Cannot build a model: it needs a feature, numeric or nominal (0 given)");
    }
    if (outputs < 1) {
      throw new RefusedException(
          "Cannot build a model: it needs an output (%s given)".formatted(outputs));
    }
  }
}
