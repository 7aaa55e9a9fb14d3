package dev.almanac.training.score;

import dev.almanac.training.metric.MulticlassMetrics;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns that predictions become.
 *
 * <p>A number: {@code prediction}, in the label's unit. Two classes: {@code predicted-class} and
 * {@code probability}, that of the second class. More: {@code predicted-class} and {@code
 * probability-<class>} for each. Numbers are doubles, classes are their text. An evaluation adds
 * what the linear baseline says of each row: {@code linear-prediction} or {@code
 * linear-predicted-class}.
 */
public record PredictionColumns(DatasetColumns.Label label) {
  public static final String PREDICTION = "prediction";
  public static final String PREDICTED_CLASS = "predicted-class";
  public static final String PROBABILITY = "probability";
  public static final String LINEAR_PREDICTION = "linear-prediction";
  public static final String LINEAR_CLASS = "linear-predicted-class";

  /** The fields of the columns, in order. */
  public List<Field> fields() {
    if (!label.isClasses()) {
      return List.of(Field.required(PREDICTION, ColumnType.DOUBLE));
    }
    List<Field> fields = new ArrayList<>();
    fields.add(Field.required(PREDICTED_CLASS, ColumnType.STRING));
    if (label.classes().size() == 2) {
      fields.add(Field.required(PROBABILITY, ColumnType.DOUBLE));
    } else {
      for (String name : label.classes()) {
        fields.add(Field.required(PROBABILITY + "-" + name, ColumnType.DOUBLE));
      }
    }
    return fields;
  }

  /** The batch with the predictions of its rows behind its own columns. */
  public ColumnBatch append(ColumnBatch batch, double[] predictions) {
    List<Column> columns = columns(predictions, batch.rows());
    List<Field> fields = fields();
    ColumnBatch appended = batch;
    for (int i = 0; i < columns.size(); i++) {
      if (batch.schema().contains(fields.get(i).name())) {
        throw new TrainingException(
            "Cannot write predictions: a column that is kept is named '%s'; leave it out of columns.keep"
                .formatted(fields.get(i).name()));
      }
      appended = appended.with(fields.get(i), columns.get(i));
    }
    return appended;
  }

  private List<Column> columns(double[] predictions, int rows) {
    if (!label.isClasses()) {
      return List.of(DoubleColumn.of(predictions));
    }
    int width = label.classes().size() == 2 ? 1 : label.classes().size();
    double[][] probabilities = new double[width][rows];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        probabilities[i][row] = predictions[row * width + i];
      }
    }
    List<Column> columns = new ArrayList<>();
    columns.add(classes(predictions, rows));
    for (double[] probability : probabilities) {
      columns.add(DoubleColumn.of(probability));
    }
    return columns;
  }

  /** The field of the label itself: a class as its text, a number as it is. */
  public Field labelField() {
    return Field.required(
        label.column(), label.isClasses() ? ColumnType.STRING : ColumnType.FLOAT32);
  }

  public Column labels(float[] values) {
    if (!label.isClasses()) {
      return new FloatColumn(values);
    }
    int[] codes = new int[values.length];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = label.place(values[row]);
    }
    return new StringColumn(codes, label.allClasses());
  }

  /** The field of what the linear baseline predicts. */
  public Field linearField() {
    return label.isClasses()
        ? Field.required(LINEAR_CLASS, ColumnType.STRING)
        : Field.required(LINEAR_PREDICTION, ColumnType.DOUBLE);
  }

  public Column linear(double[] predictions, int rows) {
    return label.isClasses() ? classes(predictions, rows) : DoubleColumn.of(predictions);
  }

  private StringColumn classes(double[] predictions, int rows) {
    int width = label.classes().size() == 2 ? 1 : label.classes().size();
    int[] predicted = new int[rows];
    for (int row = 0; row < rows; row++) {
      predicted[row] = predictedClass(predictions, row, width);
    }
    return new StringColumn(predicted, label.classes());
  }

  static int predictedClass(double[] predictions, int row, int width) {
    return width == 1
        ? predictions[row] >= 0.5 ? 1 : 0
        : MulticlassMetrics.largest(predictions, row * width, width);
  }
}
