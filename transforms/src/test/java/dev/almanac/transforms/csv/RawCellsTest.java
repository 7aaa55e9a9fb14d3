package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.reject.RejectedRowException;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RawCellsTest {
  private static final List<SourceColumn> WANTED =
      List.of(
          new SourceColumn("L", ColumnType.LONG, null, true),
          new SourceColumn("D", ColumnType.DOUBLE, null, true),
          new SourceColumn("S", ColumnType.STRING, null, true),
          new SourceColumn("T", ColumnType.DATE, DateForm.ISO, false));

  private static final List<String> NULLS = List.of("", "NA");

  private static final List<String> CELLS =
      List.of(
          "",
          "NA",
          " NA ",
          "  ",
          "7",
          " -12 ",
          "+3",
          "1.5",
          "1e3",
          "1e309",
          "-0",
          "0.1",
          "NaN",
          "-Infinity",
          "9223372036854775807",
          "9223372036854775808",
          "4.9e-324",
          "12x",
          "x",
          "ä€😀",
          "a\nb",
          "a,\"b\"",
          "2020-02-29",
          "2021-02-29",
          "2020-1-1",
          " 1999-12-31 ",
          "a rather long text that no short cell can hold");

  @Test
  void rowsAreReadAndRejectedAsTheCsvReaderDoes() throws IOException {
    Random random = new Random(5);
    Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
    RawCells cells = new RawCells(WANTED, CsvFormat.standard().withNulls(NULLS));
    int accepted = 0;
    for (int round = 0; round < 5000; round++) {
      Map<String, String> row = new HashMap<>();
      row.put("more", "x");
      WANTED.forEach(column -> row.put(column.name(), cell(random, column)));
      List<Reject> rejects = new ArrayList<>();
      ColumnBatch expected = csv(row, rejects);
      if (rejects.isEmpty()) {
        assertEquals(expected.columns(), cells.batch(List.of(row)).columns(), row::toString);
        accepted++;
      } else {
        RejectedRowException rejected =
            assertThrows(RejectedRowException.class, () -> cells.batch(List.of(row)));
        assertEquals(rejects.get(0).reason(), rejected.reason(), row::toString);
        assertEquals(rejects.get(0).column(), rejected.column(), row::toString);
        reasons.add(rejected.reason());
      }
    }
    assertTrue(accepted > 500, "accepted " + accepted);
    assertEquals(
        EnumSet.of(
            RejectReason.MISSING,
            RejectReason.NOT_A_NUMBER,
            RejectReason.NOT_AN_INTEGER,
            RejectReason.OUT_OF_RANGE,
            RejectReason.NOT_FINITE,
            RejectReason.NOT_A_DATE),
        reasons);
  }

  /** Often one that suits. */
  private static String cell(Random random, SourceColumn column) {
    if (random.nextInt(3) > 0) {
      return column.type() == ColumnType.DATE ? "2020-02-29" : "" + random.nextInt(100);
    }
    return CELLS.get(random.nextInt(CELLS.size()));
  }

  private static ColumnBatch csv(Map<String, String> row, List<Reject> rejects) throws IOException {
    List<String> names = List.copyOf(row.keySet());
    String line =
        String.join(
            ",", names.stream().map(n -> "\"" + row.get(n).replace("\"", "\"\"") + "\"").toList());
    byte[] bytes = (String.join(",", names) + "\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
    CsvFormat format = CsvFormat.standard().withNulls(NULLS);
    try (CsvBatchReader reader =
        CsvBatchReader.open(
            new ByteArrayInputStream(bytes), "test", WANTED, format, 10, rejects::add)) {
      return reader.next();
    }
  }

  @Test
  void valuesOfAColumnsTypeAreTheirTexts() {
    RawCells cells = new RawCells(WANTED, CsvFormat.standard().withNulls(NULLS));
    Map<String, Object> values = new HashMap<>();
    values.put("L", 7);
    values.put("D", 0.1);
    values.put("S", null);
    values.put("T", LocalDate.of(2020, 2, 29));
    Map<String, String> texts = Map.of("L", "7", "D", "0.1", "T", "2020-02-29");
    assertEquals(cells.batch(List.of(texts)).columns(), cells.batch(List.of(values)).columns());
    assertEquals(
        RejectReason.NOT_FINITE, rejected(cells, Map.of("D", Double.NaN, "T", "2020-02-29")));
    assertEquals(
        "Cannot read column 'L': it must be long or text (Double 7.0)",
        assertThrows(IllegalArgumentException.class, () -> cells.batch(List.of(Map.of("L", 7.0))))
            .getMessage());
  }

  @Test
  void aBadCellIsNamedWithItsRowAndLeavesNothingBehind() {
    RawCells cells = new RawCells(WANTED, CsvFormat.standard().withNulls(NULLS));
    Map<String, String> good = Map.of("L", "1", "T", "2020-02-29");
    RejectedRowException bad =
        assertThrows(
            RejectedRowException.class,
            () -> cells.batch(List.of(good, Map.of("L", "12x", "T", "2020-02-29"))));
    assertEquals(
        "Cannot read row 1: column 'L' must be long (not-a-number: '12x')", bad.getMessage());
    assertEquals(1, bad.row());
    assertEquals(
        "Cannot read row 0: column 'T' must be date, and never missing (missing)",
        assertThrows(RejectedRowException.class, () -> cells.batch(List.of(Map.of("L", "1"))))
            .getMessage());
    assertEquals(1, cells.batch(List.of(good)).rows());
  }

  @Test
  void aRowWithNoneOfTheColumnsIsAnError() {
    List<SourceColumn> optional = WANTED.subList(0, 2);
    assertEquals(
        "Cannot read row 0: it has none of the columns [L, D] (its columns are [l])",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new RawCells(optional, CsvFormat.standard().withNulls(NULLS))
                        .batch(List.of(Map.of("l", "1"))))
            .getMessage());
  }

  @Test
  void manyRowsAreTheRowsOneByOne() {
    RawCells cells = new RawCells(WANTED, CsvFormat.standard().withNulls(NULLS));
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      rows.add(Map.of("L", "" + i, "S", "s" + i % 7, "T", "2020-02-29"));
    }
    ColumnBatch all = cells.batch(rows);
    for (int row : new int[] {0, 1, 2999}) {
      assertEquals(text(all, row), text(cells.batch(List.of(rows.get(row))), 0));
    }
  }

  private static List<String> text(ColumnBatch batch, int row) {
    return batch.columns().stream().map(c -> c.isNull(row) ? null : c.text(row)).toList();
  }

  private static RejectReason rejected(RawCells cells, Map<String, ?> row) {
    return assertThrows(RejectedRowException.class, () -> cells.batch(Arrays.asList(row))).reason();
  }
}
