package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.RowScanner;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.Place;
import dev.almanac.transforms.schema.SchemaColumn;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.schema.infer.TypeInference;
import dev.almanac.transforms.schema.text.DateForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SchemaInferenceTest {
  private static final CsvFormat FORMAT = CsvFormat.standard();

  @Test
  void anyGroupingAndOrderOfTheFilesGivesTheSame() throws IOException {
    Random random = new Random(41);
    for (int round = 0; round < 300; round++) {
      List<TypeInference> files = new ArrayList<>();
      for (int file = 0; file < 6; file++) {
        files.add(infer("file-" + file + ".csv", randomFile(random)));
      }
      TypeInference expected = files.stream().reduce(TypeInference.none(), TypeInference::merge);
      Collections.shuffle(files, random);
      while (files.size() > 1) {
        TypeInference one = files.remove(random.nextInt(files.size()));
        TypeInference other = files.remove(random.nextInt(files.size()));
        files.add(one.merge(other).merge(TypeInference.none()));
      }
      assertEquals(expected, files.get(0));
      assertEquals(expected.conclude(), files.get(0).conclude());
      ColumnRoles roles = ColumnRoles.none();
      for (int column = 0; column < 20; column++) {
        ColumnDemand[] demands = ColumnDemand.values();
        roles = roles.with("c" + column, demands[random.nextInt(demands.length)]);
      }
      assertEquals(expected.conclude(roles), files.get(0).conclude(roles));
      assertEquals(expected, TypeInference.parse(files.get(0).line()));
    }
  }

  @Test
  void aColumnThatStandsForItselfGivesBackEveryText() throws IOException {
    Random random = new Random(44);
    String[][] kinds = {
      {"1", "501", "0", "-3", "00501", "+1", "-0"},
      {"1.5", "10.0", "0.25", "1.10", "10", "1E1", "-0.0", "NaN", ".5"},
      {"2020-01-31", "2020-02-01", "2020-01-31T10:00", "2020/1/5", "1/2/2020"},
      {"11898508762506083287", "11898508762506083288", "9223372036854775807"},
      {"20200131", "19991231", "20200132", "x", "1e999"}
    };
    for (int round = 0; round < 2000; round++) {
      String[] values = kinds[random.nextInt(kinds.length)];
      int used = 1 + random.nextInt(values.length);
      List<String> texts = new ArrayList<>();
      for (int row = 1 + random.nextInt(6); row > 0; row--) {
        texts.add(values[random.nextInt(used)]);
      }
      byte[] csv = ("c,d\n" + String.join(",\n", texts) + ",\n").getBytes(StandardCharsets.UTF_8);
      ColumnRoles roles =
          ColumnRoles.none()
              .with("c", random.nextBoolean() ? ColumnDemand.TEXT : ColumnDemand.KEPT);
      SourceSchema schema =
          CsvSchemaReader.read(new ByteArrayInputStream(csv), "in.csv", FORMAT).conclude(roles);
      CsvRows.Table table =
          CsvRows.read(csv, schema.sourceColumns(), FORMAT, 50, RowScanner.DEFAULT_BUFFER);
      assertEquals(List.of(), table.rejects());
      List<String> read = new ArrayList<>();
      for (List<String> row : table.rows()) {
        read.add(row.get(0));
      }
      assertEquals(texts, read);
    }
  }

  @Test
  void aColumnThatMustHoldNumbersKeepsItsTypeWhenNearlyAllCellsAreSome() throws IOException {
    StringBuilder csv = new StringBuilder("x\n");
    for (int row = 0; row < 99; row++) {
      csv.append(row).append('\n');
    }
    TypeInference inference = infer("a.csv", csv + "ERR\n");
    ColumnRoles numbers = ColumnRoles.none().with("x", ColumnDemand.NUMBERS);
    SourceSchema schema = inference.conclude(numbers);
    assertEquals(ColumnType.LONG, schema.column("x").type());
    assertEquals(1, seen(schema, "x").misfits().values());
    assertEquals(
        "1 of 100 values (1%) is no number, the first in a.csv, line 101 (byte 289): ERR",
        seen(schema, "x").note());
    assertEquals(ColumnType.STRING, inference.conclude().column("x").type());
    assertEquals(
        ColumnType.STRING,
        infer("a.csv", csv + "ERR\n".repeat(12)).conclude(numbers).column("x").type());
    ColumnRoles pattern = ColumnRoles.none().with("x*", ColumnDemand.NUMBERS);
    assertEquals(ColumnType.LONG, inference.conclude(pattern).column("x").type());
    assertEquals(
        ColumnType.STRING,
        inference.conclude(pattern.with("x", ColumnDemand.TEXT)).column("x").type());
  }

  @Test
  void aDateWithDayAndMonthTurnedRoundIsNoSingleBadCell() throws IOException {
    ColumnRoles dates = ColumnRoles.none().with("d", ColumnDemand.DATES);
    String days = "d\n" + "13/02/2020\n".repeat(50);
    assertEquals(
        DateForm.DAY_FIRST,
        infer("a.csv", days + "31/02/2020\n").conclude(dates).column("d").dateForm());
    SourceSchema turned = infer("a.csv", days + "02/13/2020\n").conclude(dates);
    assertEquals(ColumnType.STRING, turned.column("d").type());
    assertTrue(seen(turned, "d").note().contains("day and month turned round"));
  }

  @Test
  void aColumnWithoutAValueTakesTheTypeOfItsRole() throws IOException {
    TypeInference inference = infer("a.csv", "x,d,s\n,,\n");
    SourceSchema schema =
        inference.conclude(
            ColumnRoles.none()
                .with("x", ColumnDemand.NUMBERS)
                .with("d", ColumnDemand.DATES)
                .with("s", ColumnDemand.TEXT));
    assertEquals(
        List.of(ColumnType.DOUBLE, ColumnType.DATE, ColumnType.STRING),
        schema.sourceColumns().stream().map(SourceColumn::type).toList());
  }

  @Test
  void whatWasInferredTakesEveryRowThatItWasInferredFrom() throws IOException {
    Random random = new Random(42);
    for (int round = 0; round < 1000; round++) {
      byte[] csv = randomFile(random).getBytes(StandardCharsets.UTF_8);
      TypeInference inference =
          CsvSchemaReader.read(new ByteArrayInputStream(csv), "in.csv", FORMAT);
      SourceSchema schema = inference.conclude();
      CsvRows.Table table =
          CsvRows.read(csv, schema.sourceColumns(), FORMAT, 50, RowScanner.DEFAULT_BUFFER);
      assertEquals(inference.rows(), table.rowsRead());
      for (Reject reject : table.rejects()) {
        assertEquals(RejectReason.NOT_FINITE, reject.reason(), reject::toString);
        assertTrue(seen(schema, reject.column()).notFinite() > 0);
      }
    }
  }

  @Test
  void anInferenceComesBackFromItsSerializedForm() throws Exception {
    TypeInference inference = infer("a.csv", "x,y\n1,2020-01-01\nNaN,b\n1,2,3\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(inference);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(inference, in.readObject());
    }
  }

  @Test
  void typesWidenAndTheFirstPlaceByFileAndLineIsNamed() throws IOException {
    TypeInference later = infer("b.csv", "x,y,z\n1,1,2024-01-02\n2.5,1e3,2024-01-03\nabc,1,q\n");
    TypeInference earlier = infer("a.csv", "x,y,z\n1,7,2024-01-02\n 3. ,1,2024-02-30\n");
    SourceSchema schema = later.merge(earlier).conclude();
    assertEquals(
        List.of(
            new SourceColumn("x", ColumnType.STRING, null, false),
            new SourceColumn("y", ColumnType.DOUBLE, null, false),
            new SourceColumn("z", ColumnType.STRING, null, false)),
        schema.sourceColumns());
    assertEquals(
        List.of(
            new SchemaColumn.Widening(ColumnType.DOUBLE, "a.csv", 3, "3."),
            new SchemaColumn.Widening(ColumnType.STRING, "b.csv", 4, "abc")),
        seen(schema, "x").widened());
    assertEquals(
        List.of(new SchemaColumn.Widening(ColumnType.DOUBLE, "b.csv", 3, "1e3")),
        seen(schema, "y").widened());
    assertEquals(
        List.of(new SchemaColumn.Widening(ColumnType.STRING, "a.csv", 3, "2024-02-30")),
        seen(schema, "z").widened());
  }

  @Test
  void columnsStandInTheOrderOfTheFilesByPathAndOneThatAFileLacksMayBeNull() throws IOException {
    TypeInference inference =
        infer("b.csv", "z,x,new\n1,1,1\n").merge(infer("a.csv", "x,,z\n1,,\n2,,5\n"));
    SourceSchema schema = inference.conclude();
    assertEquals(List.of("x", "z", "new"), schema.names());
    assertEquals(
        List.of(false, true, true),
        schema.sourceColumns().stream().map(SourceColumn::nullable).toList());
    assertEquals(
        new SchemaColumn.Seen(3, 1, 2, null, List.of(), null, null, null), seen(schema, "z"));
    assertEquals(1, seen(schema, "new").files());
    assertEquals(new SourceSchema.Seen(2, 3, 0, null), schema.seen());
  }

  @Test
  void integersBeyond64BitsAndTextsForNaNMakeAColumnDouble() throws IOException {
    SourceSchema schema =
        infer("a.csv", "x,y,z\n1,1,-9223372036854775808\nNaN,9223372036854775808,\n-inf,2,\n")
            .conclude();
    assertEquals(ColumnType.DOUBLE, schema.column("x").type());
    assertEquals(2L, seen(schema, "x").notFinite());
    assertEquals(ColumnType.DOUBLE, schema.column("y").type());
    assertEquals(ColumnType.LONG, schema.column("z").type());
  }

  @Test
  void aColumnWithoutAValueIsANullableStringWithANote() throws IOException {
    SourceSchema schema = infer("a.csv", "x,y\n1,\n2,NA\n").conclude();
    assertEquals(new SourceColumn("y", ColumnType.STRING, null, true), schema.column("y"));
    assertEquals("no value seen: set the type", seen(schema, "y").note());
    SourceSchema empty = infer("a.csv", "x\n").conclude();
    assertEquals(new SourceColumn("x", ColumnType.STRING, null, true), empty.column("x"));
  }

  @Test
  void oneDayPastTheTwelfthInAnyFileTellsDaysFromMonths() throws IOException {
    TypeInference unclear = infer("a.csv", "d\n01/02/2020\n03/04/2020\n");
    assertEquals(DateForm.MONTH_FIRST, unclear.conclude().column("d").dateForm());
    assertEquals(
        "every value fits [d/M/yyyy], too: correct it if that is meant",
        seen(unclear.conclude(), "d").note());
    SourceSchema clear = unclear.merge(infer("b.csv", "d\n13/04/2020\n")).conclude();
    assertEquals(DateForm.DAY_FIRST, clear.column("d").dateForm());
    assertNull(seen(clear, "d").note());
    SourceSchema neither = unclear.merge(infer("b.csv", "d\n13/04/2020\n04/13/2020\n")).conclude();
    assertEquals(ColumnType.STRING, neither.column("d").type());
  }

  @Test
  void eightDigitsAreADateWhenAllOfThemAreOne() throws IOException {
    SourceSchema dates = infer("a.csv", "d\n20200131\n19991231\n").conclude();
    assertEquals(DateForm.COMPACT, dates.column("d").dateForm());
    assertEquals(
        "every value fits [long], too: correct it if that is meant", seen(dates, "d").note());
    assertEquals(
        ColumnType.LONG, infer("a.csv", "d\n20200131\n20200132\n").conclude().column("d").type());
  }

  @Test
  void rowsWithoutUsableCellsAreCountedAndGiveNoEvidence() throws IOException {
    SourceSchema schema = infer("a.csv", "x,y\n1,2\nonly\n3,\"4\"x\n\n5,6\n").conclude();
    assertEquals(
        new SourceSchema.Seen(
            1, 4, 2, new Place("a.csv", 3, 8L, "ragged-row: 1 cell, the header has 2")),
        schema.seen());
    assertEquals(ColumnType.LONG, schema.column("x").type());
    assertEquals(2, seen(schema, "x").rows());
    assertFalse(schema.column("x").nullable());
  }

  @Test
  void theHeaderOnceMoreGivesNoEvidence() throws IOException {
    SourceSchema schema = infer("a.csv", "x,y\n1,2\nx,y\n3,4\n").conclude();
    assertEquals(
        new SourceSchema.Seen(1, 3, 1, new Place("a.csv", 3, 8L, "repeated-header")),
        schema.seen());
    assertEquals(ColumnType.LONG, schema.column("x").type());
  }

  @Test
  void aNameThatStandsTwiceIsNotedAndDoesNoHarm() throws IOException {
    SourceSchema schema = infer("a.csv", "x,y,x\n1,2,c\n").conclude();
    assertEquals(List.of("x", "y"), schema.names());
    assertEquals(
        "a.csv has columns 1 and 3 named 'x': name it in no role", seen(schema, "x").note());
  }

  @Test
  void aHeaderWithoutANameIsAnError() {
    IOException error = assertThrows(IOException.class, () -> infer("a.csv", ",,\n1,2,3\n"));
    assertEquals(
        "Cannot read a.csv: its header names no column (3 empty cells)", error.getMessage());
  }

  @Test
  void filesWithoutARowThatCanBeReadTeachNothing() throws IOException {
    TypeInference empty = infer("b.csv", "x,y\n").merge(infer("a.csv", "x,y\n"));
    assertEquals(
        "Cannot infer the schema: there is no row below the header in any of 2 files, the first a.csv",
        assertThrows(IOException.class, empty::requireRows).getMessage());
    TypeInference ragged = infer("a.csv", "x,y\n1,2,\n3,4,\n");
    assertEquals(
        "Cannot infer the schema: none of the 2 rows can be read; the first is"
            + " a.csv, line 2 (byte 4): ragged-row: 3 cells, the header has 2",
        assertThrows(IOException.class, ragged::requireRows).getMessage());
    infer("a.csv", "x,y\n1,2,\n3,4\n").requireRows();
  }

  private static String randomFile(Random random) {
    String[] values = {
      "1",
      "-7",
      " 12 ",
      "2.5",
      "1e9",
      "NaN",
      "inf",
      "",
      "NA",
      "abc",
      "2020-01-31",
      "2020/1/5",
      "01/02/2020",
      "13/02/2020",
      "20200131",
      "9223372036854775808",
      "\"a,b\"",
      "5.6.2020",
      "2020-01-31T00:00:00",
      "1/2/20"
    };
    int columns = 1 + random.nextInt(4);
    int kinds = 1 + random.nextInt(4);
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      csv.append(i == 0 ? "" : ",").append("c").append((i + random.nextInt(2) * 10));
    }
    String header = csv.toString();
    for (int row = random.nextInt(5); row > 0; row--) {
      csv.append('\n');
      for (int i = 0; i < columns; i++) {
        int kind = (i * 5 + random.nextInt(kinds)) % values.length;
        csv.append(i == 0 ? "" : ",").append(values[kind]);
      }
    }
    return csv.length() == header.length() ? header + "\n" : csv.append('\n').toString();
  }

  private static TypeInference infer(String file, String csv) throws IOException {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    return CsvSchemaReader.read(new ByteArrayInputStream(bytes), file, FORMAT);
  }

  private static SchemaColumn.Seen seen(SourceSchema schema, String name) {
    return schema.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow()
        .seen();
  }
}
