package dev.almanac.transforms.fit;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.encode.CategoryEncoder;
import dev.almanac.transforms.encode.Encoder;
import dev.almanac.transforms.encode.LabelEncoder;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.Output;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.manifest.LeftOut;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything learned from a train split, and all that is needed to encode further rows: from source
 * columns through the feature steps to what a model reads.
 *
 * <p>A row is encoded to the same bits alone, in a batch of any size, and after {@link #write} and
 * {@link #read}. Immutable and thread-safe.
 */
public final class FittedTransform implements Serializable {
  /** The main file of a transform's folder. */
  public static final String FILE = "transform.json";

  /** Begins the names of columns that ride along. */
  public static final String KEEP_PREFIX = "keep.";

  private final TransformArtifact.Content content;
  private final FeaturePlan features;
  private final List<Encoder> encoders;
  private final List<Output> outputs;
  private final TableSchema output;

  /** Null until somebody asks, where the content came without one. */
  private String hash;

  private FittedTransform(TransformArtifact.Content content, String hash) {
    this.content = content;
    this.features = FeaturePlan.of(SourceColumn.schema(content.inputs()), content.features());
    this.encoders = content.encoders();
    this.outputs = OutputColumns.outputs(encoders);
    this.output = OutputColumns.schema(content, features.outputSchema());
    this.hash = hash;
  }

  /**
   * Puts learned parts together.
   *
   * @param reading null when the rows came from no file
   * @param source has at least the columns that are needed; the others are left out
   * @param label null when there is nothing to predict
   */
  static FittedTransform of(
      CsvFormat reading,
      List<SourceColumn> source,
      List<RowFeature> features,
      List<NumericEncoder> numeric,
      List<CategoryEncoder> nominal,
      LabelEncoder label,
      List<String> keep,
      List<LeftOut> leftOut) {
    TableSchema schema = SourceColumn.schema(source);
    Set<String> needed = new HashSet<>(FeaturePlan.of(schema, features).inputs());
    numeric.forEach(encoder -> needed.add(encoder.column()));
    nominal.forEach(encoder -> needed.add(encoder.column()));
    needed.addAll(keep);
    if (label != null) {
      needed.add(label.column());
    }
    List<SourceColumn> inputs = source.stream().filter(c -> needed.contains(c.name())).toList();
    return new FittedTransform(
        new TransformArtifact.Content(
            reading, inputs, features, numeric, nominal, label, keep, leftOut),
        null);
  }

  static FittedTransform of(TransformArtifact.Content content, String hash) {
    return new FittedTransform(content, hash);
  }

  /**
   * How the files were read that this was learned from, and how further files are to be read; null
   * when the rows came from no file.
   */
  public CsvFormat reading() {
    return content.reading();
  }

  /** This transform, learned from files that are read so. */
  public FittedTransform withReading(CsvFormat changed) {
    return of(
        changed, inputs(), content.features(), numeric(), nominal(), label(), keep(), leftOut());
  }

  /** The columns that must be read from a source. */
  public List<SourceColumn> inputs() {
    return content.inputs();
  }

  /** The feature steps, bound to {@link #inputs}. */
  public FeaturePlan features() {
    return features;
  }

  /** Those of columns that are numbers to a model. */
  public List<NumericEncoder> numeric() {
    return content.numeric();
  }

  /** Those of columns that are categories. */
  public List<CategoryEncoder> nominal() {
    return content.nominal();
  }

  /** Both, the numeric ones first. */
  public List<Encoder> encoders() {
    return encoders;
  }

  /** Null when there is nothing to predict. */
  public LabelEncoder label() {
    return content.label();
  }

  /** The columns that ride along, by their names before {@link #KEEP_PREFIX}. */
  public List<String> keep() {
    return content.keep();
  }

  /** The features that were asked for and that train could not teach; often none. */
  public List<LeftOut> leftOut() {
    return content.leftOut();
  }

  /** The columns that {@link #encode} reads, as they are after the feature steps. */
  public TableSchema encodedSchema() {
    Set<String> read = new HashSet<>(keep());
    encoders.forEach(encoder -> read.add(encoder.column()));
    if (label() != null) {
      read.add(label().column());
    }
    List<String> names = features.outputSchema().names().stream().filter(read::contains).toList();
    return features.outputSchema().select(names);
  }

  /** The columns of {@link #encode}: numeric features, categories, the label, what is kept. */
  public TableSchema outputSchema() {
    return output;
  }

  /**
   * sha-256 of the whole content; the same for equal fits on every machine.
   *
   * @throws IllegalArgumentException when a feature step is a function written in Java, which has
   *     none
   */
  public String hash() {
    String known = hash;
    if (known == null) {
      known = TransformArtifact.hash(content);
      hash = known;
    }
    return known;
  }

  /** The features that a model reads as numbers, in order. */
  public List<String> numericNames() {
    return outputs.stream().filter(Output::isNumber).map(Output::name).toList();
  }

  /** The features that a model reads as categories, in order. */
  public List<String> nominalNames() {
    return outputs.stream().filter(output -> !output.isNumber()).map(Output::name).toList();
  }

  /** What {@link #encode} gives, as the manifest of a dataset says it. */
  public DatasetColumns datasetColumns() {
    return OutputColumns.described(content, output);
  }

  /** This transform for rows whose label is not known: it reads less and gives no label. */
  public FittedTransform withoutLabel() {
    if (label() == null) {
      return this;
    }
    List<String> kept = keep().stream().filter(column -> !column.equals(label().column())).toList();
    Set<String> used = new HashSet<>(kept);
    encoders.forEach(encoder -> used.add(encoder.column()));
    List<RowFeature> needed = features.featuresFor(used);
    return of(reading(), inputs(), needed, numeric(), nominal(), null, kept, leftOut());
  }

  /** The batch of {@link #inputs} with the feature steps' columns. */
  public ColumnBatch applyFeatures(ColumnBatch raw) {
    return features.apply(raw);
  }

  /**
   * Encodes a batch that has been through {@link #applyFeatures}.
   *
   * @throws dev.almanac.transforms.encode.FitException when a cell has no encoding
   */
  public ColumnBatch encode(ColumnBatch computed) {
    return encode(computed, List.of());
  }

  /**
   * The same, with labels for classes that train has not.
   *
   * @param unknownClasses whose labels are -1 and down
   * @throws dev.almanac.transforms.encode.FitException when a cell has no encoding
   */
  public ColumnBatch encode(ColumnBatch computed, List<String> unknownClasses) {
    List<Column> columns = new ArrayList<>(features(computed));
    if (label() != null) {
      columns.add(label().encode(computed.column(label().column()), unknownClasses));
    }
    keep().forEach(column -> columns.add(computed.column(column)));
    return new ColumnBatch(output, columns, computed.rows());
  }

  /** The rows of a computed batch whose label is a number, or a class that train has. */
  public ColumnBatch known(ColumnBatch computed) {
    if (label() == null || !label().kind().isClasses()) {
      return computed;
    }
    int[] known = label().known(computed.column(label().column()));
    return known.length == computed.rows() ? computed : computed.take(known);
  }

  /** What every encoder gives, numbers before categories. */
  private List<Column> features(ColumnBatch computed) {
    List<Column> numbers = new ArrayList<>();
    List<Column> categories = new ArrayList<>();
    for (Encoder encoder : encoders) {
      List<Column> encoded = encoder.encode(computed.column(encoder.column()));
      for (Column column : encoded) {
        (column.type() == ColumnType.FLOAT32 ? numbers : categories).add(column);
      }
    }
    numbers.addAll(categories);
    return numbers;
  }

  /**
   * Encodes one row of the source; its label is neither needed nor read.
   *
   * @param raw by column: a Long (or a shorter integer), any finite Number, a LocalDate or text, as
   *     {@link #inputs} asks; absent is null, further columns are passed over
   */
  public EncodedRow encodeRow(Map<String, ?> raw) {
    ColumnBatch computed = features.apply(SingleRow.of(features.inputSchema(), raw));
    List<Column> features = features(computed);
    float[] encoded = new float[(int) outputs.stream().filter(Output::isNumber).count()];
    int[] categories = new int[features.size() - encoded.length];
    for (int i = 0; i < features.size(); i++) {
      if (i < encoded.length) {
        encoded[i] = ((FloatColumn) features.get(i)).values()[0];
      } else {
        categories[i - encoded.length] = ((IntColumn) features.get(i)).values()[0];
      }
    }
    return new EncodedRow(encoded, categories);
  }

  /**
   * Writes {@code transform.json} and the large vocabularies into a folder.
   *
   * @throws IllegalArgumentException when a feature step is a function written in Java
   */
  public void write(String folder) throws IOException {
    TransformArtifact.write(content, folder);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when it is not there, of another version or changed since
   */
  public static FittedTransform read(String folder) throws IOException {
    return TransformArtifact.read(folder);
  }

  /**
   * The same, read once a process: the threads of a worker share one copy of what is large. A file
   * that changes meanwhile is not noticed.
   *
   * @throws IOException when it is not there, of another version or changed since
   */
  public static FittedTransform shared(String folder) throws IOException {
    return TransformArtifact.shared(folder);
  }

  private Object writeReplace() {
    return new Travelling(content, hash);
  }

  /** What a transform is made of: the rest is made anew where it arrives. */
  private record Travelling(TransformArtifact.Content content, String hash)
      implements Serializable {
    private Object readResolve() {
      return of(content, hash);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FittedTransform that && content.equals(that.content);
  }

  @Override
  public int hashCode() {
    return content.hashCode();
  }

  @Override
  public String toString() {
    return "FittedTransform[%s]".formatted(output.names());
  }
}
