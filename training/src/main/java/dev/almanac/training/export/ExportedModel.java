package dev.almanac.training.export;

import java.util.List;

/**
 * A model file and how it is fed.
 *
 * @param file its path
 * @param opset the ONNX operator set that it needs
 * @param inputs tensors {@code [rows, 1]}, in the file's order
 * @param outputs what it gives for each row
 */
public record ExportedModel(String file, int opset, List<Input> inputs, List<Output> outputs) {
  public ExportedModel {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * A column of the rows, as it is after the row-wise features.
   *
   * @param type of the tensor: {@code double}, in which NaN is missing, or {@code string}, in which
   *     the empty text is
   * @param column the column's own type: of a {@code string}, integers are written in decimal and
   *     dates as {@code yyyy-MM-dd}
   * @param computed whether the caller has to compute it, as a row-wise feature does or by a rule
   * @param rule how; null when a row-wise feature says it, and when there is nothing to compute
   */
  public record Input(String name, String type, String column, boolean computed, String rule) {}

  /**
   * A tensor {@code [rows, width]}.
   *
   * @param type {@code double} or {@code string}
   */
  public record Output(String name, String type, int width) {}
}
