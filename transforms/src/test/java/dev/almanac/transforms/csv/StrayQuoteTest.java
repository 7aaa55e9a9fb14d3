package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.RowScanner;
import dev.almanac.transforms.csv.stream.ByteRange;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.infer.TypeInference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one quote too many costs: a few lines, all of them told. */
class StrayQuoteTest {
  private static final CsvFormat FORMAT = CsvFormat.standard().withNulls(List.of(""));

  /**
   * Lines that one quote may cost beside those of the row that it stands in: the worst is a file of
   * words alone in which every row has a quoted comma or quote.
   */
  private static final int COST = 8;

  private enum Content {
    DATE,
    NUMBER,
    WORD,
    QUOTED,
    LINES
  }

  /** A well-formed file: rows of cells, and how they are written. */
  private record File(List<Content> columns, List<List<String>> rows, List<String> written) {
    String text() {
      return header() + String.join("", written);
    }

    String header() {
      return String.join(",", names()) + "\n";
    }

    List<String> names() {
      return IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).toList();
    }

    int mostLines() {
      return written.stream().mapToInt(StrayQuoteTest::lines).max().orElse(0);
    }
  }

  @Test
  void oneQuoteAnywhereCostsAFewLinesAndEveryLineIsAccountedFor() throws IOException {
    Random random = new Random(20261127);
    int worst = 0;
    int lost = 0;
    int rounds = 3000;
    for (int round = 0; round < rounds; round++) {
      File file = file(random);
      String text = file.text();
      int at = file.header().length() + random.nextInt(text.length() - file.header().length() + 1);
      String damaged = text.substring(0, at) + '"' + text.substring(at);
      CsvRows.Table table = read(damaged, file);
      assertAccounted(damaged, table);
      int missing = file.rows().size() - common(file.rows(), table.rows());
      lost += missing;
      worst = Math.max(worst, missing - file.mostLines());
      assertTrue(
          missing <= COST + file.mostLines(),
          () -> "%d rows lost by a quote at %d of%n%s".formatted(missing, at, damaged));
    }
    assertTrue(worst > 0 && lost < 1.5 * rounds, worst + " and " + lost);
  }

  @Test
  void wellFormedFilesAreReadWholeWhateverIsInTheirCells() throws IOException {
    Random random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      File file = file(random);
      CsvRows.Table table = read(file.text(), file);
      assertEquals(file.rows(), table.rows(), file::text);
      assertEquals(List.of(), table.rejects());
    }
  }

  @Test
  void manyQuotesAreReadTheSameInRangesAndInferenceSeesTheSameRows() throws IOException {
    Random random = new Random(17);
    for (int round = 0; round < 600; round++) {
      File file = file(random);
      StringBuilder text = new StringBuilder(file.text());
      for (int quotes = random.nextInt(6); quotes > 0; quotes--) {
        int from = file.header().length();
        text.insert(from + random.nextInt(text.length() - from + 1), '"');
      }
      String damaged = text.toString();
      CsvRows.Table whole = read(damaged, file);
      assertAccounted(damaged, whole);
      assertEquals(
          whole,
          CsvRows.read(bytes(damaged), wanted(file), FORMAT, 7, 64 + random.nextInt(200)),
          () -> damaged);
      assertEquals(rows(whole), inRanges(damaged, file, 1 + random.nextInt(damaged.length())));
      TypeInference types =
          CsvSchemaReader.read(new ByteArrayInputStream(bytes(damaged)), "in.csv", FORMAT);
      assertEquals(whole.rowsRead(), types.rows(), () -> damaged);
      assertEquals(whole.rejects().size(), types.rejectedRows(), () -> damaged);
    }
  }

  @Test
  void aThousandRowsWithAStrayQuoteLoseOne() throws IOException {
    for (String last : List.of("\"A", "A\"", "\"", "\"A,x", "A\"\"")) {
      for (int[] places :
          new int[][] {{0}, {1}, {700}, {998}, {999}, {100, 700}, {100, 300, 301, 700}}) {
        StringBuilder csv = new StringBuilder("day,id,x,cat,y\n");
        List<Integer> damaged = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
          boolean isDamaged = false;
          for (int place : places) {
            isDamaged |= place == i;
          }
          String cat = isDamaged ? last : "A";
          if (isDamaged) {
            damaged.add(i);
          }
          csv.append("2020-01-%02d,%d,%.3f,%s,0.5\n".formatted(1 + i % 28, i, i / 7.0, cat));
        }
        CsvRows.Table table =
            CsvRows.read(
                csv.toString(),
                new SourceColumn("id", ColumnType.LONG, null, true),
                new SourceColumn("cat", ColumnType.STRING, null, true));
        assertTrue(table.rowsRead() >= 999, () -> last + " at " + damaged);
        assertTrue(
            table.rows().size() >= 1000 - damaged.size() - 1,
            () ->
                "%s at %s: %d rows, %s"
                    .formatted(last, damaged, table.rows().size(), table.rejects()));
      }
    }
  }

  @Test
  void aQuoteAndAnotherOneThatClosesItDoNotTakeTheRowsBetweenThem() throws IOException {
    StringBuilder csv = new StringBuilder("day,id,x,cat,y\n");
    for (int i = 0; i < 1000; i++) {
      String cat = i == 100 ? "\"A" : i == 700 ? "A\"" : "A";
      csv.append("2020-01-%02d,%d,%.3f,%s,0.5\n".formatted(1 + i % 28, i, i / 7.0, cat));
    }
    CsvRows.Table table =
        CsvRows.read(csv.toString(), new SourceColumn("id", ColumnType.LONG, null, true));
    assertEquals(1000, table.rowsRead());
    assertEquals(999, table.rows().size());
    assertEquals(102, table.rejects().get(0).line());
  }

  @Test
  void aTableInACellIsTextWhereItsCellsAreOfOtherTypes() throws IOException {
    String cell = "\"name,count,day\n" + "a,1,2020-01-01\n".repeat(30) + "\"";
    StringBuilder csv = new StringBuilder("id,day,text\n");
    for (int i = 0; i < 50; i++) {
      csv.append("%d,2020-01-01,%s\n".formatted(i, cell));
    }
    CsvRows.Table table =
        CsvRows.read(csv.toString(), new SourceColumn("id", ColumnType.LONG, null, true));
    assertEquals(50, table.rows().size());
    assertEquals(List.of(), table.rejects());
  }

  @Test
  void quotesInEveryHundredthRowOfALargeFileTakeNoLongerThanReadingIt() throws IOException {
    StringBuilder csv = new StringBuilder("a,b,c\n");
    int rows = 400_000;
    for (int i = 0; i < rows; i++) {
      csv.append(i % 100 == 7 ? "x,\"y,z\n" : "x,\"\",z\n");
    }
    long start = System.nanoTime();
    CsvRows.Table table =
        CsvRows.read(csv.toString(), new SourceColumn("a", ColumnType.STRING, null, true));
    assertTrue(System.nanoTime() - start < 20e9, "seconds, not minutes");
    assertEquals(rows, table.rowsRead());
    assertEquals(rows / 100, table.rejects().size());
  }

  private static void assertAccounted(String text, CsvRows.Table table) {
    int lines = 0;
    for (List<String> row : table.rows()) {
      lines += 1;
      for (String cell : row) {
        lines += cell == null ? 0 : (int) cell.chars().filter(c -> c == '\n').count();
      }
    }
    int blank = 0;
    for (String line : text.split("\n", -1)) {
      blank += line.isEmpty() ? 1 : 0;
    }
    int all = lines(text) - 1;
    int accounted = lines + table.rejects().size();
    assertTrue(
        accounted <= all && accounted >= all - blank,
        () -> "%d of %d lines, %d blank: %s in%n%s".formatted(accounted, all, 0, table, text));
  }

  private static int lines(String text) {
    int breaks = (int) text.chars().filter(c -> c == '\n').count();
    return text.endsWith("\n") ? breaks : breaks + 1;
  }

  /** The length of the longest common subsequence, for lists that are nearly the same. */
  private static int common(List<List<String>> one, List<List<String>> other) {
    int[] best = new int[other.size() + 1];
    for (List<String> row : one) {
      int diagonal = 0;
      for (int j = 1; j <= other.size(); j++) {
        int above = best[j];
        best[j] = row.equals(other.get(j - 1)) ? diagonal + 1 : Math.max(best[j], best[j - 1]);
        diagonal = above;
      }
    }
    return best[other.size()];
  }

  private static CsvRows.Table read(String text, File file) throws IOException {
    return CsvRows.read(bytes(text), wanted(file), FORMAT, 100, RowScanner.DEFAULT_BUFFER);
  }

  private static List<String> rows(CsvRows.Table table) {
    List<String> all = new ArrayList<>();
    table.rows().forEach(row -> all.add(row.toString()));
    table.rejects().forEach(reject -> all.add(reject.reason() + " " + reject.byteOffset()));
    all.sort(null);
    return all;
  }

  private static List<String> inRanges(String text, File file, int size) throws IOException {
    byte[] csv = bytes(text);
    List<String> all = new ArrayList<>();
    long end = 0;
    for (long from = 0; from < csv.length; from += size) {
      for (long first = ByteRange.UNKNOWN; ; first = end) {
        List<String> own = new ArrayList<>();
        try (CsvBatchReader reader = open(csv, file, from, from + size, first, own)) {
          for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
            for (int row = 0; row < batch.rows(); row++) {
              List<String> cells = new ArrayList<>();
              for (int column = 0; column < file.columns().size(); column++) {
                cells.add(batch.column(column).text(row));
              }
              own.add(cells.toString());
            }
          }
          if (from == 0 || reader.start() == end) {
            end = reader.end();
            all.addAll(own);
            break;
          }
        }
      }
    }
    all.sort(null);
    return all;
  }

  private static CsvBatchReader open(
      byte[] csv, File file, long from, long until, long first, List<String> rejects)
      throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(csv);
    if (from == 0) {
      return CsvBatchReader.openUntil(
          in,
          until,
          "in.csv",
          wanted(file),
          FORMAT,
          10,
          reject -> rejects.add(reject.reason() + " " + reject.byteOffset()));
    }
    ByteRange range = new ByteRange(from, until, first);
    in.skip(range.firstByte());
    return CsvBatchReader.openRange(
        new ByteArrayInputStream(csv),
        in,
        range,
        "in.csv",
        wanted(file),
        FORMAT,
        10,
        reject -> rejects.add(reject.reason() + " " + reject.byteOffset()));
  }

  private static List<SourceColumn> wanted(File file) {
    return file.names().stream()
        .map(name -> new SourceColumn(name, ColumnType.STRING, null, true))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static File file(Random random) {
    List<Content> columns = new ArrayList<>();
    int count = 2 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      columns.add(Content.values()[random.nextInt(Content.values().length)]);
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> written = new ArrayList<>();
    boolean quotesAll = random.nextInt(4) == 0;
    int size = 5 + random.nextInt(120);
    for (int i = 0; i < size; i++) {
      List<String> row = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (Content content : columns) {
        String cell = cell(content, random);
        row.add(cell.isEmpty() ? null : cell);
        boolean needsQuotes = cell.matches("(?s).*[\",\n].*");
        texts.add(
            quotesAll || needsQuotes || content == Content.QUOTED && random.nextBoolean()
                ? '"' + cell.replace("\"", "\"\"") + '"'
                : cell);
      }
      rows.add(row);
      written.add(String.join(",", texts) + "\n");
    }
    return new File(columns, rows, written);
  }

  private static String cell(Content content, Random random) {
    if (random.nextInt(12) == 0) {
      return "";
    }
    return switch (content) {
      case DATE ->
          "20%02d-%02d-%02d"
              .formatted(random.nextInt(30), 1 + random.nextInt(12), 1 + random.nextInt(28));
      case NUMBER ->
          random.nextBoolean() ? "" + random.nextInt(5000) : "" + random.nextInt(999) / 8.0;
      case WORD -> "w" + random.nextInt(40);
      case QUOTED ->
          List.of("a, b", "say \"no\"", "q" + random.nextInt(9), "\"", ",").get(random.nextInt(5));
      case LINES ->
          random.nextInt(4) > 0
              ? "t" + random.nextInt(9)
              : "first\nsecond, and \"third\"\n" + random.nextInt(9);
    };
  }
}
