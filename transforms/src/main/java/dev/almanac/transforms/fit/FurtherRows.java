package dev.almanac.transforms.fit;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.encode.Encoder;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.feature.plan.UnreadableCells;
import dev.almanac.transforms.schema.SourceColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How rows are read and encoded that train did not see: by train's rules, and taking whatever train
 * would have taken had it been there.
 *
 * <p>A cell may be missing wherever the fit has something to put in its place. A column of integers
 * that only serves as a number takes any number; one that only serves as categories takes any text
 * ({@code 7.0} is 7, and a text that is no number is a category that train did not know). Columns
 * that ride along come back as they stand. The label is neither needed nor read. Immutable and
 * thread-safe.
 */
public final class FurtherRows {
  private final CsvFormat format;
  private final List<SourceColumn> columns;
  private final TableSchema schema;
  private final Map<String, CellValues> categories;
  private final List<KeptColumn> kept;
  private final FittedTransform transform;
  private final List<String> keep;
  private final Set<String> required;

  private FurtherRows(
      CsvFormat format,
      List<SourceColumn> columns,
      Map<String, CellValues> categories,
      List<KeptColumn> kept,
      FittedTransform transform,
      List<String> keep,
      Set<String> required) {
    this.format = format;
    this.columns = List.copyOf(columns);
    this.schema = SourceColumn.schema(columns);
    this.categories = Map.copyOf(categories);
    this.kept = List.copyOf(kept);
    this.transform = transform;
    this.keep = List.copyOf(keep);
    this.required = Set.copyOf(required);
  }

  /** Rows whose kept columns ride along. */
  public static FurtherRows of(FittedTransform fitted) {
    return of(fitted, reading(fitted));
  }

  /**
   * The same of files that are written otherwise.
   *
   * @param format of the files
   */
  public static FurtherRows of(FittedTransform fitted, CsvFormat format) {
    FittedTransform unlabelled = fitted.withoutLabel();
    return of(unlabelled, format, unlabelled.keep());
  }

  private static CsvFormat reading(FittedTransform fitted) {
    return fitted.reading() == null ? CsvFormat.standard() : fitted.reading();
  }

  /** Rows of which nothing but predictions is wanted. */
  public static FurtherRows withoutKept(FittedTransform fitted) {
    return of(fitted.withoutLabel(), reading(fitted), List.of());
  }

  private static FurtherRows of(FittedTransform fitted, CsvFormat format, List<String> keep) {
    Set<String> features = new LinkedHashSet<>();
    fitted.encoders().forEach(encoder -> features.add(encoder.column()));
    TableSchema source = fitted.features().inputSchema();
    List<String> through = new ArrayList<>();
    List<String> along = new ArrayList<>();
    for (String column : keep) {
      boolean untouched = fitted.features().featuresFor(List.of(column)).isEmpty();
      boolean typed = untouched && source.field(column).type() != ColumnType.STRING;
      (typed ? along : through).add(column);
    }
    features.addAll(through);
    FeaturePlan needed = fitted.features().computing(features);
    Set<String> used = new HashSet<>(needed.inputs());
    used.addAll(features);
    List<SourceColumn> inputs =
        fitted.inputs().stream().filter(column -> used.contains(column.name())).toList();
    Leniency leniency = new Leniency(fitted, format, needed, inputs, through);
    List<SourceColumn> lenient = leniency.columns();
    List<KeptColumn> kept = new ArrayList<>();
    for (SourceColumn column : fitted.inputs()) {
      if (along.contains(column.name())) {
        kept.add(new KeptColumn(column, format, leniency.isNumber(column.name())));
      }
    }
    List<SourceColumn> columns = new ArrayList<>(lenient);
    kept.forEach(column -> columns.add(column.wanted()));
    FittedTransform transform =
        FittedTransform.of(
            fitted.reading(),
            lenient,
            needed.features(),
            fitted.numeric(),
            fitted.nominal(),
            null,
            through,
            fitted.leftOut());
    Set<String> required =
        inputs.stream()
            .filter(column -> !column.nullable() && !through.contains(column.name()))
            .map(SourceColumn::source)
            .collect(Collectors.toSet());
    return new FurtherRows(format, columns, leniency.categories(), kept, transform, keep, required);
  }

  /** How their files are read: as train's were. */
  public CsvFormat format() {
    return format;
  }

  /** The columns to read, kept ones once more as text. */
  public List<SourceColumn> columns() {
    return columns;
  }

  /** The columns of the files that the model reads and that train held in every row. */
  public Set<String> required() {
    return required;
  }

  /** What encodes them. */
  public FittedTransform transform() {
    return transform;
  }

  /**
   * Rows of a program's own values, with text in place of the numbers and dates of columns that are
   * read as text.
   */
  public List<? extends Map<String, ?>> texts(List<? extends Map<String, ?>> rows) {
    return categories.isEmpty() ? rows : rows.stream().map(this::texts).toList();
  }

  private Map<String, ?> texts(Map<String, ?> row) {
    Map<String, Object> changed = new HashMap<>(row);
    for (Map.Entry<String, CellValues> column : categories.entrySet()) {
      changed.computeIfPresent(column.getKey(), (name, cell) -> column.getValue().text(cell));
    }
    return changed;
  }

  /** The batch of {@link #columns} with the feature steps' columns. */
  public ColumnBatch applyFeatures(ColumnBatch raw) {
    return transform.applyFeatures(meant(raw));
  }

  /** The same, and counts the cells that a step could not read. */
  public ColumnBatch applyFeatures(ColumnBatch raw, UnreadableCells cells) {
    return transform.features().apply(meant(raw), cells);
  }

  /** The categories of columns that train read as numbers or dates. */
  private ColumnBatch meant(ColumnBatch raw) {
    List<Column> read = new ArrayList<>();
    for (SourceColumn column : columns) {
      Column cells = raw.column(column.name());
      CellValues values = categories.get(column.name());
      read.add(values == null ? cells : values.categories((StringColumn) cells));
    }
    return new ColumnBatch(schema, read, raw.rows());
  }

  /** Is given a row of a batch that has no encoding, and the column that is missing. */
  @FunctionalInterface
  public interface Unencodable {
    void at(int row, String column);
  }

  /**
   * The rows of what {@link #applyFeatures} gave that have an encoding: a feature without an impute
   * step may not be missing in them, be it that a step could not compute it.
   *
   * @param others is given each other row once, in order
   */
  public ColumnBatch encodable(ColumnBatch computed, Unencodable others) {
    List<Encoder> unfilled =
        transform.encoders().stream()
            .filter(encoder -> !encoder.takesNulls())
            .filter(encoder -> computed.column(encoder.column()).nulls() > 0)
            .toList();
    if (unfilled.isEmpty()) {
      return computed;
    }
    int[] good = new int[computed.rows()];
    int size = 0;
    for (int row = 0; row < good.length; row++) {
      int at = row;
      Optional<Encoder> missing =
          unfilled.stream()
              .filter(encoder -> computed.column(encoder.column()).isNull(at))
              .findFirst();
      if (missing.isPresent()) {
        others.at(row, missing.get().column());
      } else {
        good[size++] = row;
      }
    }
    return computed.take(Arrays.copyOf(good, size));
  }

  /** Features as a model reads them, of what {@link #applyFeatures} gave. */
  public ColumnBatch encode(ColumnBatch computed) {
    return transform.encode(computed);
  }

  /**
   * The columns that ride along.
   *
   * @param widened types that are not train's, by column
   */
  public List<Field> keptFields(Map<String, ColumnType> widened) {
    List<Field> fields = new ArrayList<>();
    for (String column : keep) {
      KeptColumn along = along(column);
      fields.add(
          along == null
              ? transform.outputSchema().field(OutputColumns.kept(column))
              : along.field(widened));
    }
    return fields;
  }

  /**
   * The cells of the columns that ride along.
   *
   * @param wider is given the columns of which a cell has no value of the type, and the type that
   *     would do; then what is returned is not to be used
   */
  public ColumnBatch kept(
      ColumnBatch computed,
      ColumnBatch encoded,
      Map<String, ColumnType> widened,
      Map<String, ColumnType> wider) {
    List<Column> cells = new ArrayList<>();
    for (String column : keep) {
      KeptColumn along = along(column);
      String name = OutputColumns.kept(column);
      cells.add(
          along == null
              ? encoded.column(name)
              : along.cells((StringColumn) computed.column(along.wanted().name()), widened, wider));
    }
    return new ColumnBatch(TableSchema.of(keptFields(widened)), cells, computed.rows());
  }

  /** The type that train has a column which rides along in. */
  public ColumnType trained(String column) {
    return along(column) == null
        ? transform.outputSchema().field(OutputColumns.kept(column)).type()
        : along(column).column().type();
  }

  /** The narrower of two that holds what both hold. */
  public static ColumnType widest(ColumnType a, ColumnType b) {
    return KeptColumn.widest(a, b);
  }

  private KeptColumn along(String column) {
    return kept.stream().filter(k -> k.column().name().equals(column)).findFirst().orElse(null);
  }
}
