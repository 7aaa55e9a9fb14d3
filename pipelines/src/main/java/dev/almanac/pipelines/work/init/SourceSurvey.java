package dev.almanac.pipelines.work.init;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.source.SourceFiles;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.CsvSchemaReader;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SchemaColumn;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
  private static final int MOST_TYPED = 64 << 20;

  SourceSurvey {
    profiles = List.copyOf(profiles);
    sample = List.copyOf(sample);
  }

  /** Some of the files where they are many, spread over all. */
  static List<StoredFile> some(List<StoredFile> files) {
    return SourceFiles.spread(files, MOST_FILES);
  }

  /**
   * Looks at files.
   *
   * @param files all of them, of one format
   * @param watch hears what is being read
   */
  static SourceSurvey of(List<StoredFile> files, CsvFormat format, Watch watch) throws IOException {
    List<StoredFile> chosen = some(files);
    SourceSchema schema =
        SourceFormat.of(chosen.get(0).path()).bringsSchema()
            ? withDates(roles -> ParquetSchema.of(chosen, roles))
            : FolderColumns.in(
                withDates(inferred(chosen, format, watch)), chosen, ColumnRoles.none());
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
          add(batch, profiles, sample);
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
        ranges.stream().mapToLong(SourceRange::bytes).sum(),
        files.stream().mapToLong(StoredFile::bytes).sum());
  }

  /** What files come to, given what is asked of their columns. */
  @FunctionalInterface
  private interface Conclusion {
    SourceSchema of(ColumnRoles roles) throws IOException;
  }

  private static Conclusion inferred(List<StoredFile> files, CsvFormat format, Watch watch)
      throws IOException {
    TypeInference types = TypeInference.none();
    int done = 0;
    for (StoredFile file : files) {
      watch.check();
      watch.step("inferring types", done++, files.size(), "files", file.name());
      try (InputStream in = open(file, format)) {
        types = types.merge(CsvSchemaReader.read(in, file.path(), format));
      }
    }
    types.requireRows();
    return types::conclude;
  }

  /**
   * The first bytes of a large file, which end in a row that is cut off and so says nothing; all of
   * a packed one, which has no beginning that could be read without its end.
   */
  private static InputStream open(StoredFile file, CsvFormat format) throws IOException {
    if (file.bytes() <= MOST_TYPED || !SourceChunk.isSplittable(file, format)) {
      return Storage.open(file.path());
    }
    try (InputStream in = Storage.open(file.path())) {
      return new ByteArrayInputStream(in.readNBytes(MOST_TYPED));
    }
  }

  /** The schema with dates where a column can be one, as the role of the split would ask. */
  private static SourceSchema withDates(Conclusion conclusion) throws IOException {
    ColumnRoles roles = ColumnRoles.none();
    for (SchemaColumn column : conclusion.of(roles).columns()) {
      if (looksLikeADate(column.name()) && column.column().type() != ColumnType.DATE) {
        ColumnRoles asked = roles.with(column.name(), ColumnDemand.DATES);
        try {
          if (conclusion.of(asked).column(column.name()).type() == ColumnType.DATE) {
            roles = asked;
          }
        } catch (IOException none) {
          // Then it is none.
        }
      }
    }
    return conclusion.of(roles);
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
    long total = all.stream().mapToLong(SourceChunk::work).sum();
    return total <= MOST_BYTES
        ? all
        : SourceFiles.spread(all, (int) Math.max(1, MOST_BYTES * all.size() / total));
  }

  private static void add(ColumnBatch batch, List<ColumnProfile> profiles, RowSample sample) {
    double[][] numbers = new double[profiles.size()][];
    for (int i = 0; i < profiles.size(); i++) {
      numbers[i] = add(batch.column(i), profiles.get(i));
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
  Set<String> nullWords(CsvFormat format) {
    Set<String> words = new HashSet<>();
    for (ColumnProfile profile : profiles) {
      if (profile.type() == ColumnType.STRING) {
        words.addAll(NullWords.of(profile, format.numbers()));
      }
    }
    for (SchemaColumn column : schema.columns()) {
      if (column.seen() != null && column.seen().notFinite() != null) {
        words.addAll(Set.of("nan", "NaN", "NAN"));
      }
    }
    return words;
  }
}
