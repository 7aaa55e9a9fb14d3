package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.RowScanner;
import dev.almanac.transforms.csv.stream.Decompression;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.schema.infer.TypeInference;
import dev.almanac.transforms.schema.text.DateForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real files have the types that a person would give them, and read without a reject. */
class RealFilesTest {
  private static final CsvFormat FORMAT = CsvFormat.standard();

  @Test
  void seattleWeather() throws IOException {
    SourceSchema schema = schema("seattle-weather/seattle-weather.csv");
    assertColumn(schema, "date", ColumnType.DATE, DateForm.ISO);
    for (String name : List.of("precipitation", "temp_max", "temp_min", "wind")) {
      assertColumn(schema, name, ColumnType.DOUBLE, null);
    }
    assertColumn(schema, "weather", ColumnType.STRING, null);
    assertEquals(1461, schema.seen().rows());
  }

  @Test
  void bikeSharingWritesDaysFirstAndShortYears() throws IOException {
    SourceSchema schema = schema("bike-sharing/hour.csv");
    assertColumn(schema, "dteday", ColumnType.DATE, DateForm.DAY_FIRST_SHORT);
    assertColumn(schema, "cnt", ColumnType.LONG, null);
    assertColumn(schema, "windspeed", ColumnType.DOUBLE, null);
    assertEquals(17379, schema.seen().rows());
  }

  @Test
  void aStationFileAndItsSpreadsheetFormDifferInTheFormOfTheDate() throws IOException {
    String access =
        Files.readString(
            SharedData.path("ghcn-daily-variants/USW00094728_ncei_access_excerpt.csv"));
    String header = access.substring(0, access.indexOf('\n') + 1);
    String resaved =
        Files.readString(
            SharedData.path("ghcn-daily-variants/USW00094728_excel_resaved_excerpt.csv"));
    SourceSchema original = infer("access.csv", access).conclude();
    SourceSchema changed = infer("resaved.csv", header + resaved).conclude();
    assertEquals(124, original.columns().size());
    assertEquals(original.names(), changed.names());
    assertColumn(original, "DATE", ColumnType.DATE, DateForm.ISO);
    assertColumn(changed, "DATE", ColumnType.DATE, DateForm.YEAR_SLASH);
    assertColumn(changed, "TMAX", ColumnType.LONG, null);
    assertEquals(0, changed.seen().rejectedRows());
  }

  @Test
  void stationFilesAreReadAsASecondParserReadsThem() throws IOException {
    Path folder = SharedData.path("ghcn-daily");
    List<Path> files;
    try (Stream<Path> paths = Files.list(folder)) {
      files = paths.sorted().filter(path -> path.toString().endsWith(".csv.gz")).toList();
    }
    TypeInference inference = TypeInference.none();
    for (Path file : files.subList(0, Math.min(8, files.size()))) {
      byte[] csv;
      try (InputStream in = Decompression.of(Files.newInputStream(file), file.toString())) {
        csv = in.readAllBytes();
      }
      List<CsvRows.Row> rows =
          CsvRows.scan(csv, FORMAT, RowScanner.DEFAULT_BUFFER, StandardCharsets.UTF_8);
      List<List<String>> expected = new ArrayList<>();
      try (CsvReader<CsvRecord> second =
          CsvReader.builder().ofCsvRecord(new String(csv, StandardCharsets.UTF_8))) {
        second.forEach(row -> expected.add(row.getFields()));
      }
      assertEquals(expected.size(), rows.size());
      for (int i = 0; i < rows.size(); i++) {
        assertEquals(expected.get(i), rows.get(i).cells());
      }
      inference =
          inference.merge(
              CsvSchemaReader.read(
                  new ByteArrayInputStream(csv), file.getFileName().toString(), FORMAT));
    }
    SourceSchema schema = inference.conclude();
    assertColumn(schema, "DATE", ColumnType.DATE, DateForm.ISO);
    assertColumn(schema, "TMAX", ColumnType.LONG, null);
    assertColumn(schema, "LATITUDE", ColumnType.DOUBLE, null);
    assertColumn(schema, "TMAX_ATTRIBUTES", ColumnType.STRING, null);
    assertColumn(schema, "STATION", ColumnType.STRING, null);
    assertEquals(0, schema.seen().rejectedRows());
  }

  private static void assertColumn(
      SourceSchema schema, String name, ColumnType type, DateForm form) {
    SourceColumn column = schema.column(name);
    assertEquals(type, column.type(), name);
    assertEquals(form, column.dateForm(), name);
  }

  private static SourceSchema schema(String name) throws IOException {
    return CsvSchemaReader.read(Files.newInputStream(SharedData.path(name)), name, FORMAT)
        .conclude();
  }

  private static TypeInference infer(String file, String csv) throws IOException {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    return CsvSchemaReader.read(new ByteArrayInputStream(bytes), file, FORMAT);
  }
}
