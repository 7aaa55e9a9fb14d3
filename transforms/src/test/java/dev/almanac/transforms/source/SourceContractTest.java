package dev.almanac.transforms.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.storage.ChangedFileException;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link SourceFormat} promises: it takes each of those that are permitted. */
class SourceContractTest {
  private static final int ROWS = 20_000;

  private static final List<SourceColumn> COLUMNS =
      List.of(
          new SourceColumn("day", ColumnType.DATE, DateForm.ISO, true),
          new SourceColumn("note", ColumnType.STRING, null, true),
          new SourceColumn("size", ColumnType.DOUBLE, null, true),
          new SourceColumn("count", ColumnType.LONG, null, true));

  /** Writes the same rows in a format; every one of {@link SourceFormat#all} has its own. */
  private interface Writer {
    void write(Path csv, Path file) throws IOException;
  }

  private static final Map<String, Writer> WRITERS =
      Map.of("CSV", (csv, file) -> Files.copy(csv, file), "parquet", SourceContractTest::parquet);

  @TempDir Path folder;

  static List<SourceFormat> formats() {
    Set<Class<?>> permitted =
        Arrays.stream(SourceFormat.class.getPermittedSubclasses()).collect(Collectors.toSet());
    List<SourceFormat> all = SourceFormat.all();
    assertEquals(permitted, all.stream().map(Object::getClass).collect(Collectors.toSet()));
    assertEquals(
        new TreeSet<>(WRITERS.keySet()),
        all.stream().map(SourceFormat::text).collect(Collectors.toCollection(TreeSet::new)));
    return all;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aFileIsKnownByItsBytesWhateverItsName(SourceFormat format) throws IOException {
    for (String name : List.of("a.csv", "a.parquet", "a", "a.gz")) {
      StoredFile file = file(format, name);
      assertEquals(format, SourceFormat.of(file.path()));
      assertEquals(format, SourceFormat.of(List.of(file)));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void theRowsAreThoseThatWereWritten(SourceFormat format) throws IOException {
    Read read = read(SourceRange.whole(file(format, "a")), COLUMNS);
    assertEquals(rows(), read.rows);
    assertEquals(List.of(), read.rejects);
    assertEquals(ROWS, read.read);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void linesAscendAndEveryRowIsInABatchOrARejectOnce(SourceFormat format) throws IOException {
    List<SourceColumn> strict = new ArrayList<>(COLUMNS);
    strict.set(3, new SourceColumn("count", ColumnType.LONG, null, false));
    Read read = read(SourceRange.whole(file(format, "a")), strict);
    List<Long> all = new ArrayList<>(read.lines);
    for (Reject reject : read.rejects) {
      assertEquals("count", reject.column());
      all.add(reject.line());
    }
    assertEquals(read.lines.stream().sorted().distinct().toList(), read.lines);
    assertTrue(read.rejects.size() > ROWS / 20);
    assertEquals(ROWS, all.stream().distinct().count());
    assertEquals(ROWS, read.read);
    assertEquals(read.rejects.size(), read.rejected);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void columnsAreReadAloneAndThoseThatAreMissingAreNull(SourceFormat format) throws IOException {
    SourceColumn other = new SourceColumn("other", ColumnType.DOUBLE, null, true);
    StoredFile file = file(format, "a");
    try (SourceRows rows =
        SourceRows.open(
            SourceRange.whole(file),
            List.of(COLUMNS.get(3), other, COLUMNS.get(1)),
            CsvFormat.standard(),
            reject -> {})) {
      assertEquals(List.of("other"), rows.missingColumns());
      assertEquals(List.of("day", "note", "size", "count"), rows.columns());
      ColumnBatch batch = rows.next();
      assertEquals(List.of("count", "other", "note"), batch.schema().names());
      assertEquals(batch.rows(), batch.column("other").nulls());
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aColumnOfTheFoldersIsThereInEveryRow(SourceFormat format) throws IOException {
    SourceColumn year = new SourceColumn("year", ColumnType.LONG, null, false);
    StoredFile file = file(format, "year=2019/a");
    List<SourceColumn> wanted = List.of(COLUMNS.get(0), year);
    Read read = read(SourceRange.whole(file), wanted);
    assertEquals(ROWS, read.rows.size());
    assertTrue(read.rows.stream().allMatch(row -> row.endsWith(", 2019]")));
    assertTrue(
        format
            .schema(List.of(file, file(format, "year=2020/a")), CsvFormat.standard(), none())
            .contains("year"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void theSchemaReadsEveryRow(SourceFormat format) throws IOException {
    StoredFile file = file(format, "a");
    List<SourceColumn> found =
        format.schema(List.of(file), CsvFormat.standard(), none()).sourceColumns();
    assertEquals(
        COLUMNS.stream().map(column -> column.name() + column.type()).toList(),
        found.stream().map(column -> column.name() + column.type()).toList());
    assertEquals(rows(), read(SourceRange.whole(file), found).rows);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void whereFilesAreCutTheRangesTogetherAreTheFile(SourceFormat format) throws IOException {
    StoredFile file = file(format, "a");
    List<SourceRange> ranges = SourceChunk.ranges(List.of(file), CsvFormat.standard(), 40_000);
    assertEquals(format.isSplittable(file, CsvFormat.standard()), ranges.size() > 1);
    SourceReader reader = SourceReader.of(List.of(file), COLUMNS, CsvFormat.standard());
    List<SourceReader.Extent> extents = new ArrayList<>();
    for (SourceChunk chunk : SourceChunk.pack(ranges)) {
      for (SourcePiece piece : chunk.pieces()) {
        extents.add(0, reader.look(piece));
      }
    }
    List<String> rows = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    long read = 0;
    for (SourcePiece piece : reader.settled(extents)) {
      FileCount count =
          reader.read(
              piece,
              batch -> {
                rows.addAll(texts(batch));
                for (int row = 0; row < batch.rows(); row++) {
                  lines.add(batch.origin().line(row));
                }
              },
              reject -> {
                throw new AssertionError(reject);
              });
      read += count.read();
    }
    Read whole = read(SourceRange.whole(file), COLUMNS);
    assertEquals(whole.rows, rows);
    assertEquals(whole.lines, lines);
    assertEquals(ROWS, read);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aFileThatChangesIsNamed(SourceFormat format) throws IOException {
    StoredFile file = file(format, "a");
    try (SourceRows rows =
        SourceRows.open(SourceRange.whole(file), COLUMNS, CsvFormat.standard(), reject -> {})) {
      rows.next();
      Files.write(Path.of(file.path()), new byte[] {'1'}, StandardOpenOption.APPEND);
      ChangedFileException changed =
          assertThrows(
              ChangedFileException.class,
              () -> {
                while (rows.next() != null) {
                  continue;
                }
              });
      assertTrue(changed.getMessage().contains(file.path()), changed.getMessage());
    }
  }

  /** What reading came to. */
  private static final class Read {
    private final List<String> rows = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();
    private long read;
    private long rejected;
  }

  private static Read read(SourceRange range, List<SourceColumn> wanted) throws IOException {
    Read read = new Read();
    try (SourceRows rows =
        SourceRows.open(range, wanted, CsvFormat.standard(), read.rejects::add)) {
      for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
        read.rows.addAll(texts(batch));
        for (int row = 0; row < batch.rows(); row++) {
          read.lines.add(rows.line(row));
        }
      }
      read.read = rows.rowsRead();
      read.rejected = rows.rowsRejected();
      rows.finish();
    }
    return read;
  }

  private static List<String> texts(ColumnBatch batch) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      int at = row;
      rows.add(batch.columns().stream().map(column -> column.text(at)).toList().toString());
    }
    return rows;
  }

  private static ColumnRoles none() {
    return ColumnRoles.none();
  }

  private StoredFile file(SourceFormat format, String name) throws IOException {
    Path csv = folder.resolve("rows.csv");
    Files.writeString(csv, text());
    Path file = folder.resolve(format.text()).resolve(name);
    Files.createDirectories(file.getParent());
    WRITERS.get(format.text()).write(csv, file);
    Files.delete(csv);
    return Storage.look(file.toString());
  }

  private static void parquet(Path csv, Path file) throws IOException {
    TableSchema table = SourceColumn.schema(COLUMNS);
    try (SourceRows rows =
            SourceRows.open(csv.toString(), COLUMNS, CsvFormat.standard(), reject -> {});
        ParquetBatchWriter writer =
            ParquetBatchWriter.create(
                file.toString(), table, ParquetLayout.of(7000, ParquetCodec.UNCOMPRESSED))) {
      for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
        writer.write(batch);
      }
      writer.finish();
    }
  }

  private static String text() {
    StringBuilder csv = new StringBuilder("day,note,size,count\n");
    for (int row = 0; row < ROWS; row++) {
      csv.append(LocalDate.of(2001, 1, 1).plusDays(row % 999))
          .append(row % 5 == 0 ? ",\"two\nlines, row " + row + "\"," : ",n" + row % 7 + ",")
          .append(row % 11 == 0 ? "" : row / 8.0)
          .append(',')
          .append(row % 13 == 0 ? "" : String.valueOf(row))
          .append('\n');
    }
    return csv.toString();
  }

  /** As the text says them. */
  private static List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      rows.add(
          List.of(
                  LocalDate.of(2001, 1, 1).plusDays(row % 999).toString(),
                  row % 5 == 0 ? "two\nlines, row " + row : "n" + row % 7,
                  row % 11 == 0 ? "null" : String.valueOf(row / 8.0),
                  row % 13 == 0 ? "null" : String.valueOf(row))
              .toString());
    }
    return rows;
  }
}
