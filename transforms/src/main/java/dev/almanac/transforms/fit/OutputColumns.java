package dev.almanac.transforms.fit;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.LabelEncoder;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.schema.SourceColumn;
import java.util.ArrayList;
import java.util.List;

/** The columns that a transform gives: numeric features, categories, the label, what is kept. */
final class OutputColumns {
  private OutputColumns() {}

  /** The name of a column that rides along. */
  static String kept(String column) {
    return FittedTransform.KEEP_PREFIX + SourceColumn.source(column);
  }

  /** The numeric features in order, missing indicators right after their columns. */
  static List<String> numericNames(List<NumericEncoder> numeric) {
    List<String> names = new ArrayList<>();
    for (NumericEncoder encoder : numeric) {
      names.add(encoder.column());
      if (encoder.indicator()) {
        names.add(encoder.indicatorName());
      }
    }
    return names;
  }

  /**
   * Their names and types.
   *
   * @param computed the columns after the feature steps
   */
  static TableSchema schema(TransformArtifact.Content content, TableSchema computed) {
    List<Field> fields = new ArrayList<>();
    for (String name : numericNames(content.numeric())) {
      fields.add(Field.required(name, ColumnType.FLOAT32));
    }
    content
        .nominal()
        .forEach(encoder -> fields.add(Field.required(encoder.column(), ColumnType.INT32)));
    if (content.label() != null) {
      fields.add(Field.required(content.label().column(), ColumnType.FLOAT32));
    }
    for (String column : content.keep()) {
      Field field = computed.field(column);
      fields.add(new Field(kept(column), field.type(), field.nullable()));
    }
    return TableSchema.of(fields);
  }

  /** The same as the manifest of a dataset says it. */
  static DatasetColumns described(TransformArtifact.Content content, TableSchema output) {
    List<DatasetColumns.Category> categories =
        content.nominal().stream()
            .map(n -> new DatasetColumns.Category(n.column(), n.cardinality()))
            .toList();
    List<DatasetColumns.Kept> kept = new ArrayList<>();
    for (String column : content.keep()) {
      String name = kept(column);
      kept.add(
          new DatasetColumns.Kept(
              name, SourceColumn.source(column), output.field(name).type().text()));
    }
    DatasetColumns.Label label = content.label() == null ? null : label(content.label());
    return new DatasetColumns(
        numericNames(content.numeric()), categories, label, kept, content.leftOut());
  }

  private static DatasetColumns.Label label(LabelEncoder label) {
    return label.kind().isClasses()
        ? new DatasetColumns.Label(label.column(), null, null, label.classNames())
        : new DatasetColumns.Label(
            label.column(),
            label.statistics().mean(),
            label.statistics().standardDeviation(),
            null);
  }
}
