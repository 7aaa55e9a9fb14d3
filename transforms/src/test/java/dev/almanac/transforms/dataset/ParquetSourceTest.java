package dev.almanac.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.source.ParquetSchema;
import dev.almanac.transforms.source.SourceFormat;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetSourceTest {
  @TempDir Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static SourceSchema schema(ColumnRoles demands, String... files) throws IOException {
    return ParquetSchema.of(
        Arrays.stream(files).map(file -> new StoredFile(file, 1, 0)).toList(), demands);
  }

  private static SourceColumn column(String name, ColumnType type) {
    return new SourceColumn(name, type, type == ColumnType.DATE ? DateForm.ISO : null, true);
  }

  private static ColumnRoles asked(String name, ColumnType type) {
    return ColumnRoles.none()
        .with(
            name,
            switch (type) {
              case DATE -> ColumnDemand.DATES;
              case DOUBLE -> ColumnDemand.NUMBERS;
              default -> ColumnDemand.TEXT;
            });
  }

  private static final List<String> ODD =
      List.of("list", "struct", "map", "clock", "span", "id", "bytes", "deep", "bits");

  private String odd() throws Exception {
    String file = path("odd.parquet");
    ForeignParquet.duckDb(
        """
        copy (select i as x, [1, i] as list, {'a': i, 'b': 'x'} as struct, map {'k': i} as map,
          time '01:02:03' as clock, interval 1 day as span, uuid() as id, '\\xAA'::blob as bytes,
          [[{'a': [i]}]] as deep, '101'::bit as bits
          from range(10) t(i)) to '%s' (format parquet)
        """
            .formatted(file));
    return file;
  }

  @Test
  void columnsThatNobodyNamesDoNoHarm() throws Exception {
    String file = odd();
    SourceSchema schema = schema(ColumnRoles.none(), file);
    assertTrue(schema.names().contains("x"), schema.names().toString());
    assertFalse(schema.names().contains("list"));
    assertEquals(
        IntStream.range(0, 10).mapToObj(Integer::toString).toList(),
        ForeignParquet.read(file, List.of(column("x", ColumnType.LONG))).rows());
  }

  @Test
  void aNamedColumnOfNoTypeOfOursIsNamedWithItsTypeAndWhatToDo() throws Exception {
    String file = odd();
    for (String name : ODD) {
      if (schema(ColumnRoles.none(), file).contains(name)) {
        // DuckDB writes some as text.
        continue;
      }
      String message =
          assertThrows(ForeseenException.class, () -> schema(asked(name, ColumnType.STRING), file))
              .getMessage();
      assertTrue(
          message.startsWith("Cannot read %s: column '%s' is of no type".formatted(file, name)),
          message);
      assertTrue(message.contains(name.equals("list") ? "LIST" : "where the file"), message);
      assertFalse(message.contains("\n"));
      assertEquals(
          message,
          assertThrows(
                  ForeseenException.class,
                  () -> ForeignParquet.read(file, List.of(column(name, ColumnType.STRING))))
              .getMessage());
    }
  }

  /**
   * Decimals of every precision and storage, as numbers and, where a number loses some, as text.
   */
  @Test
  void decimalsAreReadByValue() throws Exception {
    Random random = new Random(1);
    for (int precision : new int[] {1, 9, 10, 15, 16, 18, 19, 38}) {
      int scale = precision / 2;
      BigInteger[] values = new BigInteger[50];
      for (int i = 0; i < values.length; i++) {
        BigInteger digits =
            new BigDecimal(new BigInteger(precision * 4, random))
                .toBigInteger()
                .mod(BigInteger.TEN.pow(precision));
        values[i] = random.nextBoolean() ? digits : digits.negate();
      }
      for (String physical :
          new String[] {"int32", "int64", "fixed_len_byte_array(16)", "binary"}) {
        if (physical.equals("int32") && precision > 9
            || physical.equals("int64") && precision > 18) {
          continue;
        }
        String file =
            path(
                "decimal-%d-%s.parquet"
                    .formatted(
                        precision, physical.charAt(3) + (physical.equals("int64") ? "64" : "")));
        ForeignParquet.write(
            Path.of(file),
            "message m { optional %s d (DECIMAL(%d,%d)); }".formatted(physical, precision, scale),
            values.length,
            (row, i) -> {
              switch (physical) {
                case "int32" -> row.add("d", values[i].intValueExact());
                case "int64" -> row.add("d", values[i].longValueExact());
                case "binary" ->
                    row.add("d", Binary.fromConstantByteArray(values[i].toByteArray()));
                default -> row.add("d", ForeignParquet.fixed(values[i], 16));
              }
            },
            settings -> {});
        ColumnType natural = precision <= 15 ? ColumnType.DOUBLE : ColumnType.STRING;
        assertEquals(natural, schema(ColumnRoles.none(), file).column("d").type(), file);
        assertEquals(
            ColumnType.DOUBLE,
            schema(asked("d", ColumnType.DOUBLE), file).column("d").type(),
            file);
        assertEquals(
            Arrays.stream(values)
                .map(value -> Double.toString(new BigDecimal(value, scale).doubleValue()))
                .toList(),
            ForeignParquet.read(file, List.of(column("d", ColumnType.DOUBLE))).rows().stream()
                .map(text -> Double.toString(Double.parseDouble(text)))
                .toList());
        assertEquals(
            Arrays.stream(values).map(v -> new BigDecimal(v, scale).toPlainString()).toList(),
            ForeignParquet.read(file, List.of(column("d", ColumnType.STRING))).rows());
        Files.delete(Path.of(file));
      }
    }
  }

  @Test
  void unsignedIntegersAreReadByValue() throws Exception {
    String small = path("small.parquet");
    ForeignParquet.duckDb(
        "copy (select i::ubigint as u, 4294967295::uinteger as w, 65535::usmallint as s, 255::utinyint as t, -7::tinyint as b, -30000::smallint as c from range(3) t(i)) to '%s' (format parquet)"
            .formatted(small));
    SourceSchema schema = schema(ColumnRoles.none(), small);
    schema.columns().forEach(c -> assertEquals(ColumnType.LONG, c.column().type(), c.name()));
    assertEquals(
        List.of(
            "0|4294967295|65535|255|-7|-30000",
            "1|4294967295|65535|255|-7|-30000",
            "2|4294967295|65535|255|-7|-30000"),
        ForeignParquet.read(small, schema.sourceColumns()).rows());
    String large = path("large.parquet");
    ForeignParquet.duckDb(
        "copy (select u from (values (18446744073709551615::ubigint), (18446744073709551614), (7)) t(u)) to '%s' (format parquet)"
            .formatted(large));
    assertEquals(ColumnType.STRING, schema(ColumnRoles.none(), large).column("u").type());
    assertEquals(
        List.of("18446744073709551615", "18446744073709551614", "7"),
        ForeignParquet.read(large, List.of(column("u", ColumnType.STRING))).rows());
    assertEquals(
        ColumnType.DOUBLE, schema(asked("u", ColumnType.DOUBLE), large).column("u").type());
    assertEquals(
        List.of("1.8446744073709552E19", "1.8446744073709552E19", "7.0"),
        ForeignParquet.read(large, List.of(column("u", ColumnType.DOUBLE))).rows());
    ForeignParquet.Read asLong = ForeignParquet.read(large, List.of(column("u", ColumnType.LONG)));
    assertEquals(List.of("7"), asLong.rows());
    assertEquals(RejectReason.OUT_OF_RANGE, asLong.rejects().get(0).reason());
    assertEquals("18446744073709551615", asLong.rejects().get(0).text());
  }

  @Test
  void pointsInTimeAreDaysWhereDatesAreAskedForAndElseTextThatLosesNothing() throws Exception {
    String file = path("times.parquet");
    LocalDateTime[] times = {
      LocalDateTime.of(2019, 3, 4, 5, 6, 7, 250_000_000),
      LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000),
      LocalDateTime.of(2020, 2, 29, 0, 0),
    };
    ForeignParquet.write(
        Path.of(file),
        """
        message m {
          optional int64 ms (TIMESTAMP(MILLIS,true));
          required int64 us (TIMESTAMP(MICROS,false));
          optional int64 ns (TIMESTAMP(NANOS,true));
          required int96 old;
          optional int32 day (DATE);
        }
        """,
        times.length,
        (row, i) -> {
          long second = times[i].toEpochSecond(ZoneOffset.UTC);
          int nano = times[i].getNano();
          row.add("ms", second * 1_000 + nano / 1_000_000);
          row.add("us", second * 1_000_000 + nano / 1_000 + 1);
          row.add("ns", second * 1_000_000_000 + nano + 1);
          row.add(
              "old",
              ForeignParquet.int96(
                  times[i].toLocalDate().toEpochDay(), times[i].toLocalTime().toNanoOfDay()));
          row.add("day", (int) times[i].toLocalDate().toEpochDay());
        },
        settings -> {});
    assertEquals(
        List.of(
            ColumnType.STRING,
            ColumnType.STRING,
            ColumnType.STRING,
            ColumnType.STRING,
            ColumnType.DATE),
        schema(ColumnRoles.none(), file).sourceColumns().stream().map(SourceColumn::type).toList());
    List<String> names = List.of("ms", "us", "ns", "old", "day");
    assertEquals(
        List.of(
            "2019-03-04T05:06:07.25Z|2019-03-04T05:06:07.250001|2019-03-04T05:06:07.250000001Z|2019-03-04T05:06:07.25|2019-03-04",
            "1969-12-31T23:59:59.999Z|1969-12-31T23:59:59.999001|1969-12-31T23:59:59.999000001Z|1969-12-31T23:59:59.999|1969-12-31",
            "2020-02-29T00:00:00Z|2020-02-29T00:00:00.000001|2020-02-29T00:00:00.000000001Z|2020-02-29T00:00:00|2020-02-29"),
        ForeignParquet.read(
                file, names.stream().map(name -> column(name, ColumnType.STRING)).toList())
            .rows());
    for (String name : names) {
      assertEquals(
          ColumnType.DATE, schema(asked(name, ColumnType.DATE), file).column(name).type(), name);
      assertEquals(
          Arrays.stream(times).map(time -> time.toLocalDate().toString()).toList(),
          ForeignParquet.read(file, List.of(column(name, ColumnType.DATE))).rows());
    }
  }

  @Test
  void textIsReadAsDatesAndNumbersWhereTheyAreAskedFor() throws Exception {
    String file = path("texts.parquet");
    ForeignParquet.duckDb(
        "copy (select strftime(date '2019-01-01' + i::integer, '%%m/%%d/%%Y') as d, case when i = 30 then 'ERR' else ' ' || (i / 4.0)::varchar end as n, 'S' || i as s from range(100) t(i)) to '%s' (format parquet)"
            .formatted(file));
    SourceColumn day = schema(asked("d", ColumnType.DATE), file).column("d");
    assertEquals(DateForm.MONTH_FIRST, day.dateForm());
    assertEquals("2019-02-01", ForeignParquet.read(file, List.of(day)).rows().get(31));
    SourceColumn number = schema(asked("n", ColumnType.DOUBLE), file).column("n");
    ForeignParquet.Read numbers = ForeignParquet.read(file, List.of(number));
    assertEquals(99, numbers.rows().size());
    assertEquals(
        List.of(new Reject(file, 31, -1, "n", RejectReason.NOT_A_NUMBER, "ERR")),
        numbers.rejects());
    assertEquals(ColumnType.STRING, schema(asked("s", ColumnType.DOUBLE), file).column("s").type());
    assertEquals(ColumnType.STRING, schema(asked("s", ColumnType.DATE), file).column("s").type());
  }

  @Test
  void integersInOneFileAndFloatsInAnotherAreDoubles() throws Exception {
    String ints = path("ints.parquet");
    String floats = path("floats.parquet");
    String reals = path("reals.parquet");
    ForeignParquet.duckDb("copy (select 7::bigint as x) to '%s' (format parquet)".formatted(ints));
    ForeignParquet.duckDb(
        "copy (select 1.5::float as x) to '%s' (format parquet)".formatted(floats));
    ForeignParquet.duckDb(
        "copy (select 2.5::double as x) to '%s' (format parquet)".formatted(reals));
    SourceSchema schema = schema(ColumnRoles.none(), ints, floats, reals);
    assertEquals(ColumnType.DOUBLE, schema.column("x").type());
    assertEquals(List.of("7.0"), ForeignParquet.read(ints, schema.sourceColumns()).rows());
    assertEquals(List.of("1.5"), ForeignParquet.read(floats, schema.sourceColumns()).rows());
    ForeignParquet.Read asLong = ForeignParquet.read(reals, List.of(column("x", ColumnType.LONG)));
    assertEquals(RejectReason.NOT_AN_INTEGER, asLong.rejects().get(0).reason());
    String text = path("text.parquet");
    ForeignParquet.duckDb("copy (select 'a' as x) to '%s' (format parquet)".formatted(text));
    assertFalse(schema(ColumnRoles.none(), ints, text).contains("x"));
    String message =
        assertThrows(
                ForeseenException.class, () -> schema(asked("x", ColumnType.STRING), ints, text))
            .getMessage();
    assertTrue(message.contains(ints) && message.contains(text), message);
  }

  @Test
  void aColumnOfNullsTakesTheTypeThatIsAskedFor() throws Exception {
    String file = path("nulls.parquet");
    ForeignParquet.write(
        Path.of(file),
        "message m { optional int32 n (UNKNOWN); required int32 x; }",
        3,
        (row, i) -> row.add("x", i),
        settings -> {});
    for (ColumnType type : List.of(ColumnType.DOUBLE, ColumnType.DATE, ColumnType.STRING)) {
      SourceSchema schema = schema(asked("n", type), file);
      assertEquals(type, schema.column("n").type());
      assertEquals(
          List.of("null|0", "null|1", "null|2"),
          ForeignParquet.read(file, schema.sourceColumns()).rows());
    }
  }

  @Test
  void nanIsMissingWhenListedAndElseARejectedRow() throws Exception {
    String file = path("nan.parquet");
    ForeignParquet.duckDb(
        "copy (select x, k from (values (1.5::double, -9999), ('nan'::double, 2), (-9999.0, 3), ('inf'::double, 4)) t(x, k)) to '%s' (format parquet)"
            .formatted(file));
    List<SourceColumn> wanted =
        List.of(column("x", ColumnType.DOUBLE), column("k", ColumnType.LONG));
    ForeignParquet.Read strict = ForeignParquet.read(file, wanted);
    assertEquals(List.of("1.5|-9999", "-9999.0|3"), strict.rows());
    assertEquals(2, strict.rejects().size());
    assertEquals(RejectReason.NOT_FINITE, strict.rejects().get(0).reason());
    ForeignParquet.Read listed =
        ForeignParquet.read(file, wanted, CsvFormat.standard().withNulls(List.of("NaN", "-9999")));
    assertEquals(List.of("1.5|null", "null|2", "null|3"), listed.rows());
    assertEquals(1, listed.rejects().size());
  }

  @Test
  void foldersNamesAreColumns() throws Exception {
    String first = "data/year=2019/station=A%2F7/a.parquet";
    String second = "data/year=2020/station=__HIVE_DEFAULT_PARTITION__/b.parquet";
    for (String file : List.of(first, second)) {
      Files.createDirectories(folder.resolve(file).getParent());
      ForeignParquet.duckDb("copy (select 1 as x) to '%s' (format parquet)".formatted(path(file)));
    }
    SourceSchema schema = schema(ColumnRoles.none(), path(first), path(second));
    assertEquals(ColumnType.LONG, schema.column("year").type());
    assertFalse(schema.column("year").nullable());
    assertTrue(schema.column("station").nullable());
    assertFalse(schema(ColumnRoles.none(), path(first)).contains("year"));
    assertTrue(schema(asked("year", ColumnType.DOUBLE), path(first)).contains("year"));
    List<SourceColumn> wanted =
        List.of(schema.column("year"), schema.column("x"), schema.column("station"));
    assertEquals(List.of("2019|1|A/7"), ForeignParquet.read(path(first), wanted).rows());
    assertEquals(List.of("2020|1|null"), ForeignParquet.read(path(second), wanted).rows());
    String csv = "data/year=2021/month=03/c.csv";
    Files.createDirectories(folder.resolve(csv).getParent());
    Files.writeString(folder.resolve(csv), "x\n5\n6\n");
    assertEquals(
        List.of("2021|5|03", "2021|6|03"),
        ForeignParquet.read(
                path(csv),
                List.of(
                    column("year", ColumnType.LONG),
                    column("x", ColumnType.LONG),
                    column("month", ColumnType.STRING)))
            .rows());
  }

  @Test
  void aParquetFileIsKnownByItsFirstBytes() throws Exception {
    String file = path("a.csv");
    ForeignParquet.duckDb("copy (select 1 as x) to '%s' (format parquet)".formatted(file));
    assertEquals("parquet", SourceFormat.of(file).text());
    String csv = path("b.parquet");
    Files.writeString(Path.of(csv), "x\n1\n");
    assertEquals("CSV", SourceFormat.of(csv).text());
    assertEquals(
        List.of("1"), ForeignParquet.read(csv, List.of(column("x", ColumnType.LONG))).rows());
  }

  @Test
  void aCodecThatIsNotHereIsNamed() throws Exception {
    String file = path("brotli.parquet");
    ForeignParquet.duckDb(
        "copy (select i as x from range(1000) t(i)) to '%s' (format parquet, codec brotli)"
            .formatted(file));
    String message =
        assertThrows(
                ForeseenException.class,
                () -> ForeignParquet.read(file, List.of(column("x", ColumnType.LONG))))
            .getMessage();
    assertTrue(message.startsWith("Cannot read %s: row group 0, column 'x'".formatted(file)));
    assertTrue(message.contains("BROTLI"), message);
  }

  @ParameterizedTest
  @EnumSource(WriterVersion.class)
  void everyEncodingCodecAndRepetitionIsReadAndHashed(WriterVersion version) throws Exception {
    for (CompressionCodecName codec :
        List.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD,
            CompressionCodecName.LZ4_RAW)) {
      for (boolean dictionary : new boolean[] {true, false}) {
        String file = path("%s-%s-%s.parquet".formatted(version, codec, dictionary));
        ForeignParquet.write(
            Path.of(file),
            "message m { required int64 a; optional double b; optional boolean c; required binary s (STRING); optional binary t (STRING); optional float f; required int32 d (DATE); }",
            3_000,
            (row, i) -> {
              row.add("a", (long) i * i);
              if (i % 3 != 0) {
                row.add("b", i / 8.0);
              }
              if (i % 7 != 0) {
                row.add("c", i % 2 == 0);
              }
              row.add("s", "text " + i % 20);
              if (i > 1_500) {
                row.add("t", "long ".repeat(i % 50));
              }
              if (i % 100 == 0) {
                row.add("f", i / 2f);
              }
              row.add("d", i);
            },
            settings ->
                settings
                    .withWriterVersion(version)
                    .withCompressionCodec(codec)
                    .withDictionaryEncoding(dictionary)
                    .withPageSize(2_000)
                    .withRowGroupSize(40_000L)
                    .withPageWriteChecksumEnabled(dictionary));
        SourceSchema schema = schema(ColumnRoles.none(), file);
        ForeignParquet.Read read = ForeignParquet.read(file, schema.sourceColumns());
        assertEquals(3_000, read.rows().size());
        for (int i = 0; i < 3_000; i++) {
          assertEquals(
              "%d|%s|%s|text %d|%s|%s|%s"
                  .formatted(
                      (long) i * i,
                      i % 3 == 0 ? null : i / 8.0,
                      i % 7 == 0 ? null : i % 2 == 0 ? "1" : "0",
                      i % 20,
                      i > 1_500 ? "long ".repeat(i % 50) : null,
                      i % 100 == 0 ? i / 2.0 : null,
                      LocalDate.ofEpochDay(i)),
              read.rows().get(i));
        }
        assertEquals(Json.sha256(Storage.read(file)), read.hash());
      }
    }
  }

  @Test
  void integersThatSpellDaysAreDaysWhereDatesAreAskedFor() throws Exception {
    String file = path("ints.parquet");
    ForeignParquet.duckDb(
        "copy (select 20190131 as d, 1548892800000 as e from range(3)) to '%s' (format parquet)"
            .formatted(file));
    for (String name : List.of("d", "e")) {
      SourceColumn day = schema(asked(name, ColumnType.DATE), file).column(name);
      assertEquals(ColumnType.DATE, day.type());
      assertEquals("2019-01-31", ForeignParquet.read(file, List.of(day)).rows().get(0));
      assertEquals(ColumnType.LONG, schema(ColumnRoles.none(), file).column(name).type());
    }
  }

  @Test
  void aColumnIsReadASecondTimeAsText() throws Exception {
    String file = path("twice.parquet");
    ForeignParquet.duckDb(
        "copy (select timestamp '2019-01-31 23:59:59.5' + i * interval 1 day as t, i as x from range(20000) t(i)) to '%s' (format parquet, row_group_size 4096)"
            .formatted(file));
    SourceColumn day = schema(asked("t", ColumnType.DATE), file).column("t");
    assertTrue(day.dateForm().hasTime());
    ForeignParquet.Read read =
        ForeignParquet.read(file, List.of(day, day.asText(), column("x", ColumnType.LONG)));
    assertEquals(20_000, read.rows().size());
    assertEquals("2019-02-01|2019-02-01T23:59:59.5|1", read.rows().get(1));
  }

  @Test
  void aNumberThatIsKeptAndNotExactIsSaid() throws Exception {
    String file = path("wide.parquet");
    ForeignParquet.duckDb(
        "copy (select 12345678901234567890.12::decimal(38, 2) as d) to '%s' (format parquet)"
            .formatted(file));
    ColumnRoles numbers = asked("d", ColumnType.DOUBLE);
    assertNull(schema(numbers, file).columns().get(0).seen());
    String note = schema(numbers.with("d", ColumnDemand.KEPT), file).columns().get(0).seen().note();
    assertTrue(note.contains("nearest doubles") && note.contains(file), note);
  }
}
