package dev.almanac.transforms.fit;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.encode.Encoder;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.SourceColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much wider the columns of a transform can be read without changing what it makes of a cell
 * that train's types hold.
 */
final class Leniency {
  private final CsvFormat format;
  private final FeaturePlan features;

  /** Columns whose text matters: categories, what steps see as text, what is kept. */
  private final Set<String> texts = new HashSet<>();

  /** Columns whose value matters. */
  private final Set<String> values = new HashSet<>();

  private final Set<String> numbers = new HashSet<>();
  private final Set<String> unfilled = new HashSet<>();
  private final List<SourceColumn> columns = new ArrayList<>();
  private final Map<String, CellValues> categories = new HashMap<>();

  /**
   * @param format how files of rows are read
   * @param features those of the transform that are needed
   * @param inputs what they and the encoders read
   * @param keep columns that ride along as the steps made them
   */
  Leniency(
      FittedTransform fitted,
      CsvFormat format,
      FeaturePlan features,
      List<SourceColumn> inputs,
      List<String> keep) {
    this.format = format;
    this.features = features;
    texts.addAll(features.textInputs());
    values.addAll(features.valueInputs());
    for (Encoder encoder : fitted.encoders()) {
      (encoder.readsNumbers() ? numbers : texts).add(encoder.column());
      if (!encoder.takesNulls()) {
        unfilled.add(encoder.column());
      }
    }
    values.addAll(numbers);
    keep.forEach(
        column -> {
          texts.add(column);
          values.add(column);
        });
    widen(inputs);
  }

  private void widen(List<SourceColumn> inputs) {
    List<SourceColumn> read = new ArrayList<>(inputs);
    for (int i = 0; i < read.size(); i++) {
      SourceColumn column = read.get(i);
      boolean nullable = !unfilled.contains(column.name()) || isComputed(column.name());
      read.set(i, typed(column, column.type(), nullable));
      ColumnType wider = wider(column);
      if (wider != column.type()) {
        SourceColumn before = read.set(i, typed(column, wider, nullable));
        if (!means(inputs, read)) {
          read.set(i, before);
        } else if (wider == ColumnType.STRING) {
          categories.put(column.name(), new CellValues(column, format));
        }
      }
    }
    columns.addAll(read);
  }

  /** Whether a step writes the column anew, and so may fill what is missing in the file. */
  private boolean isComputed(String column) {
    return !features.featuresFor(List.of(column)).isEmpty();
  }

  private ColumnType wider(SourceColumn column) {
    boolean text = texts.contains(column.name());
    boolean value = values.contains(column.name());
    if (column.type() == ColumnType.STRING || text && value) {
      return column.type();
    }
    if (text) {
      return ColumnType.STRING;
    }
    return column.type() == ColumnType.LONG ? ColumnType.DOUBLE : column.type();
  }

  /** Whether the steps take the columns, and what is seen as text is of the types that it was. */
  private boolean means(List<SourceColumn> inputs, List<SourceColumn> read) {
    TableSchema source = SourceColumn.schema(read);
    Optional<FeaturePlan> bound = FeaturePlan.plan(source, features.features(), new Problems());
    if (bound.isEmpty()) {
      return false;
    }
    Set<String> changed = new HashSet<>();
    for (int i = 0; i < read.size(); i++) {
      if (read.get(i).type() != inputs.get(i).type()) {
        changed.add(read.get(i).name());
      }
    }
    TableSchema made = bound.get().outputSchema();
    return made.fields().stream()
        .filter(field -> texts.contains(field.name()) && !changed.contains(field.name()))
        .allMatch(field -> features.outputSchema().field(field.name()).type() == field.type());
  }

  private static SourceColumn typed(SourceColumn column, ColumnType type, boolean nullable) {
    return new SourceColumn(
        column.name(),
        type,
        type == ColumnType.DATE ? column.dateForm() : null,
        nullable,
        column.from(),
        type == ColumnType.LONG || type == ColumnType.STRING
            ? new SourceColumn.Trained(column.type(), column.dateForm(), false)
            : null);
  }

  /** The columns, each as wide as it may be read. */
  List<SourceColumn> columns() {
    return columns;
  }

  /** What the texts of those mean that train read as numbers or dates, and that are categories. */
  Map<String, CellValues> categories() {
    return categories;
  }

  /** Whether the model sees the column as a number. */
  boolean isNumber(String column) {
    return values.contains(column);
  }
}
