package dev.almanac.transforms.fit;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.Encoder;
import dev.almanac.transforms.encode.LabelEncoder;
import dev.almanac.transforms.encode.Output;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.schema.SourceColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The columns that a transform gives: numeric features, categories, the label, what is kept. */
final class OutputColumns {
  private OutputColumns() {}

  /** The name of a column that rides along. */
  static String kept(String column) {
    return FittedTransform.KEEP_PREFIX + SourceColumn.source(column);
  }

  /** What encoders give, in their order, numbers before categories. */
  static List<Output> outputs(List<? extends Encoder> encoders) {
    List<Output> all = encoders.stream().flatMap(encoder -> encoder.outputs().stream()).toList();
    return Stream.concat(
            all.stream().filter(Output::isNumber),
            all.stream().filter(output -> !output.isNumber()))
        .toList();
  }

  /**
   * Their names and types.
   *
   * @param computed the columns after the feature steps
   */
  static TableSchema schema(TransformArtifact.Content content, TableSchema computed) {
    List<Field> fields = new ArrayList<>();
    outputs(content.encoders()).forEach(output -> fields.add(output.field()));
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
    List<String> numeric = new ArrayList<>();
    List<DatasetColumns.Category> categories = new ArrayList<>();
    for (Output feature : outputs(content.encoders())) {
      if (feature.isNumber()) {
        numeric.add(feature.name());
      } else {
        categories.add(new DatasetColumns.Category(feature.name(), feature.cardinality()));
      }
    }
    List<DatasetColumns.Kept> kept = new ArrayList<>();
    for (String column : content.keep()) {
      String name = kept(column);
      kept.add(
          new DatasetColumns.Kept(
              name, SourceColumn.source(column), output.field(name).type().text()));
    }
    DatasetColumns.Label label = content.label() == null ? null : label(content.label());
    return new DatasetColumns(numeric, categories, label, kept, content.leftOut());
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
