package dev.almanac.pipelines.work.init;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.CsvSchemaReader;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SchemaColumn;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.schema.infer.TypeInference;
import dev.almanac.transforms.source.FolderColumns;
import dev.almanac.transforms.source.ParquetSchema;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceFormat;
import dev.almanac.transforms.source.SourceRange;
import dev.almanac.transforms.source.SourceRows;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What some of the rows of source files show: types, a profile of each column, and a sample of
 * their numbers.
 *
 * @param schema as inference concludes when nothing is asked of a column but that it is a date
 *     where it can be one
 * @param profiles of its columns, in their order
 * @param sample rows of numbers, by the position of their columns among {@code profiles}
 * @param rows that were looked at, and {@code rejected} among them
 * @param bytes that were looked at, of {@code allBytes}, as stored
 */
record SourceSurvey(
    SourceSchema schema,
    List<ColumnProfile> profiles,
    List<double[]> sample,
    long rows,
    long rejected,
    long bytes,
    long allBytes) {
  /** Enough to know columns by, and read in seconds. */
  private static final long MOST_BYTES = 192L << 20;

  private static final int MOST_FILES = 64;

  /** Of one file, for its types. */
  private static final long MOST_TYPED = 64L << 20;

  /** Packed files grow when they are read. */
  private static final int EXPANSION = 8;

  SourceSurvey {
    profiles = List.copyOf(profiles);
    sample = List.copyOf(sample);
  }

  /** Files spread evenly over all of them, the first and the last among them. */
  static List<StoredFile> spread(List<StoredFile> files) {
    if (files.size() <= MOST_FILES) {
      return files;
    }
    List<StoredFile> chosen = new ArrayList<>();
    for (int i = 0; i < MOST_FILES; i++) {
      chosen.add(files.get((int) ((long) i * (files.size() - 1) / (MOST_FILES - 1))));
    }
    return chosen;
  }

  /**
   * Looks at files.
   *
   * @param files all of them, of one format
   * @param watch hears what is being read
   */
  static SourceSurvey of(List<StoredFile> files, CsvFormat format, Watch watch) throws IOException {
    List<StoredFile> chosen = spread(files);
    SourceSchema schema =
        SourceFormat.of(chosen.get(0).path()).bringsSchema()
            ? parquet(chosen)
            : FolderColumns.in(inferred(chosen, format, watch), chosen, ColumnRoles.none());
    List<SourceRange> ranges = ranges(chosen, format);
    List<ColumnProfile> profiles =
        schema.columns().stream()
            .map(column -> new ColumnProfile(column.name(), column.column().type()))
            .toList();
    RowSample sample = new RowSample();
    long rows = 0;
    long rejected = 0;
    int done = 0;
    for (SourceRange range : ranges) {
      watch.check();
      watch.step("looking at rows", done++, ranges.size(), "ranges", range.file().name());
      Consumer<Reject> ignored = reject -> {};
      try (SourceRows reader = SourceRows.open(range, schema.sourceColumns(), format, ignored)) {
        profiles.forEach(ColumnProfile::begin);
        for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
          add(batch, reader.missingColumns(), profiles, sample);
        }
        rows += reader.rowsRead();
        rejected += reader.rowsRejected();
      }
    }
    return new SourceSurvey(
        schema,
        profiles,
        sample.rows(),
        rows,
        rejected,
        ranges.stream().mapToLong(range -> read(range)).sum(),
        files.stream().mapToLong(StoredFile::bytes).sum());
  }

  /** Dates where the column can be one, as the role of the split would ask. */
  private static SourceSchema parquet(List<StoredFile> files) throws IOException {
    SourceSchema plain = ParquetSchema.of(files);
    ColumnRoles roles = ColumnRoles.none();
    for (SchemaColumn column : plain.columns()) {
      if (looksLikeADate(column.name()) && column.column().type() != ColumnType.DATE) {
        try {
          ParquetSchema.of(files, ColumnRoles.none().with(column.name(), ColumnDemand.DATES));
          roles = roles.with(column.name(), ColumnDemand.DATES);
        } catch (IOException none) {
          // Then it is none.
        }
      }
    }
    return ParquetSchema.of(files, roles);
  }

  private static SourceSchema inferred(List<StoredFile> files, CsvFormat format, Watch watch)
      throws IOException {
    TypeInference types = TypeInference.none();
    int done = 0;
    for (StoredFile file : files) {
      watch.check();
      watch.step("inferring types", done++, files.size(), "files", file.name());
      try (InputStream in = Storage.open(file.path())) {
        types =
            types.merge(
                CsvSchemaReader.read(
                    isCuttable(file, format) ? new FirstBytes(in, MOST_TYPED) : in,
                    file.path(),
                    format));
      }
    }
    types.requireRows();
    SourceSchema plain = types.conclude();
    ColumnRoles roles = ColumnRoles.none();
    for (SchemaColumn column : plain.columns()) {
      if (looksLikeADate(column.name()) && column.column().type() != ColumnType.DATE) {
        ColumnRoles asked = ColumnRoles.none().with(column.name(), ColumnDemand.DATES);
        if (types.conclude(asked).column(column.name()).type() == ColumnType.DATE) {
          roles = roles.with(column.name(), ColumnDemand.DATES);
        }
      }
    }
    return types.conclude(roles);
  }

  /** A packed file has no beginning that could be read without its end. */
  private static boolean isCuttable(StoredFile file, CsvFormat format) throws IOException {
    if (file.bytes() <= MOST_TYPED) {
      return false;
    }
    try (InputStream in = Storage.open(file.path())) {
      return format.isSplittable(in.readNBytes(CsvFormat.HEAD_BYTES));
    }
  }

  /** By its name: numbers and texts may be dates, but few are. */
  private static boolean looksLikeADate(String name) {
    return name.matches("(?i).*(date|time|timestamp|day|datum|fecha|ts|_at|epoch).*");
  }

  /** Whole files while they are small; of larger ones ranges, spread over all. */
  private static List<SourceRange> ranges(List<StoredFile> files, CsvFormat format)
      throws IOException {
    List<SourceRange> all =
        SourceChunk.split(files, format).stream()
            .flatMap(chunk -> chunk.ranges().stream())
            .toList();
    long total = all.stream().mapToLong(SourceSurvey::work).sum();
    if (total <= MOST_BYTES) {
      return all;
    }
    int wanted = (int) Math.max(1, Math.floor((double) MOST_BYTES * all.size() / total));
    List<SourceRange> chosen = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      chosen.add(all.get((int) ((long) i * all.size() / wanted)));
    }
    return chosen;
  }

  private static long work(SourceRange range) {
    return range.file().name().matches(".*\\.(gz|zst|bz2|xz|zip)")
        ? EXPANSION * range.file().bytes()
        : read(range);
  }

  private static long read(SourceRange range) {
    return Math.min(range.until(), range.file().bytes()) - range.from();
  }

  private static void add(
      ColumnBatch batch, List<String> missing, List<ColumnProfile> profiles, RowSample sample) {
    double[][] numbers = new double[profiles.size()][];
    for (int i = 0; i < profiles.size(); i++) {
      ColumnProfile profile = profiles.get(i);
      if (missing.contains(profile.name())) {
        for (int row = 0; row < batch.rows(); row++) {
          profile.addNull();
        }
      } else {
        numbers[i] = add(batch.column(i), profile);
      }
    }
    for (int row = 0; row < batch.rows(); row++) {
      int place = sample.place();
      if (place >= 0) {
        double[] values = new double[profiles.size()];
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < values.length; i++) {
          if (numbers[i] != null) {
            values[i] = numbers[i][row];
          }
        }
        sample.put(place, values);
      }
    }
  }

  /** The values as numbers, NaN where missing; null of a column of dates or texts. */
  private static double[] add(Column column, ColumnProfile profile) {
    ColumnType type = profile.type();
    double[] numbers = type == ColumnType.STRING ? null : column.numbers().clone();
    for (int row = 0; row < column.rows(); row++) {
      if (column.isNull(row)) {
        profile.addNull();
        if (numbers != null) {
          numbers[row] = Double.NaN;
        }
      } else if (type == ColumnType.STRING) {
        profile.addText(column.text(row));
      } else if (type == ColumnType.DATE) {
        profile.addDay((long) numbers[row]);
      } else {
        profile.addNumber(numbers[row]);
      }
    }
    return type == ColumnType.DATE ? null : numbers;
  }

  ColumnProfile profile(String name) {
    return profiles.stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Texts that mean a missing number in columns which are text for nothing else. */
  Map<String, Long> nullWords(CsvFormat format) {
    Map<String, Long> words = new LinkedHashMap<>();
    for (ColumnProfile profile : profiles) {
      if (profile.type() == ColumnType.STRING && profile.values() > 0) {
        NullWords.of(profile, format.numbers())
            .forEach((word, count) -> words.merge(word, count, Long::sum));
      }
    }
    for (SchemaColumn column : schema.columns()) {
      if (column.seen() != null && column.seen().notFinite() != null) {
        Set.of("nan", "NaN", "NAN")
            .forEach(word -> words.merge(word, column.seen().notFinite(), Math::max));
      }
    }
    return words;
  }

  List<SourceColumn> columns() {
    return schema.sourceColumns();
  }
}
