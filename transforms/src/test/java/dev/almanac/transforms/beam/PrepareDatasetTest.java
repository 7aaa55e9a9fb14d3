package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.almanac.testdata.StationFiles;
import dev.almanac.testdata.StationFilesSpec;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.encode.NominalEncoder;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.source.SourceRows;
import dev.almanac.transforms.split.DateRange;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.staging.DatasetLayout;
import dev.almanac.transforms.staging.RejectPolicy;
import dev.almanac.transforms.staging.RowOrder;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareDatasetTest {
  private static final String TRAIN = "DATE >= DATE '1990-01-01' AND DATE < DATE '2008-01-01'";

  @TempDir static Path source;
  private static String glob;

  @TempDir Path output;

  @BeforeAll
  static void generate() throws IOException {
    new StationFiles(
            StationFilesSpec.ofRows(24_000)
                .withStations(6)
                .withPeriod(LocalDate.of(1988, 1, 1), LocalDate.of(2016, 1, 1)))
        .write(source);
    glob = source + "/*.csv";
  }

  @Test
  void everyRowIsAccountedForAndCountsEqualDuckDbs() throws IOException, SQLException {
    Dataset dataset = new Stations(output).prepare(glob, "20200101T000000Z");
    RowCounts totals = dataset.manifest().totals();
    assertTrue(totals.balances());
    assertEquals(24_000, totals.read());
    assertEquals(6, dataset.manifest().source().files().size());
    try (Connection duckDb = duckDb()) {
      assertEquals(count(duckDb, "label IS NOT NULL AND " + TRAIN), totals.train());
      assertEquals(
          count(duckDb, "label IS NULL AND DATE >= DATE '1990-01-01' AND DATE < DATE '2014-01-01'"),
          totals.dropped());
      for (Split split : Split.values()) {
        long written =
            number(
                duckDb,
                "SELECT count(*) FROM read_parquet('%s/%s/*.parquet')"
                    .formatted(dataset.folder(), split));
        assertEquals(dataset.manifest().rows(split), written);
      }
    }
    dataset.verify(List.of(Split.values()));
  }

  @Test
  void whatTheFitLearnsEqualsDuckDbs() throws IOException, SQLException {
    Dataset dataset = new Stations(output).prepare(glob, "20200101T000000Z");
    FittedTransform transform = FittedTransform.read(dataset.folder() + "/transform");
    assertEquals(dataset.manifest().hashes().transform(), transform.hash());
    try (Connection duckDb = duckDb()) {
      for (NumericEncoder encoder : transform.numeric()) {
        if (encoder.column().startsWith("DATE.")) {
          continue;
        }
        String column = encoder.column();
        double mean = real(duckDb, "SELECT avg(%s) FROM train".formatted(column));
        double sd = real(duckDb, "SELECT stddev_pop(%s) FROM train".formatted(column));
        assertEquals(mean, encoder.statistics().mean(), 1e-12 * Math.abs(mean));
        assertEquals(sd, encoder.statistics().standardDeviation(), 1e-12 * sd);
      }
      List<String> vocabulary = new ArrayList<>();
      try (ResultSet rows =
          duckDb
              .createStatement()
              .executeQuery(
                  "SELECT STATION FROM train GROUP BY STATION ORDER BY count(*) DESC, STATION")) {
        while (rows.next()) {
          vocabulary.add(rows.getString(1));
        }
      }
      assertEquals(
          vocabulary,
          ((NominalEncoder) transform.nominal().get(0))
              .vocabulary().entries().stream().map(entry -> entry.value()).toList());
    }
  }

  @Test
  void theFitDoesNotMoveWhenValidationAndTestAreRubbish(@TempDir Path rubbish) throws IOException {
    Dataset clean = new Stations(output).prepare(glob, "20200101T000000Z");
    for (StoredFile file : Storage.match(glob)) {
      List<String> lines = new ArrayList<>();
      for (String line : Files.readAllLines(Path.of(file.path()))) {
        String[] cells = line.split(",", 3);
        boolean isTrain = cells[1].compareTo("\"2008") < 0;
        boolean isHeader = cells[1].equals("\"DATE\"");
        lines.add(
            isTrain || isHeader
                ? line
                : "\"R%d\",%s,%s".formatted(lines.size(), cells[1], cells[2].replace('1', '7')));
      }
      Files.write(rubbish.resolve(file.name()), lines, StandardCharsets.UTF_8);
    }
    Dataset spoilt = new Stations(output).prepare(rubbish + "/*.csv", "20200102T000000Z");
    assertEquals(text(clean, "transform/transform.json"), text(spoilt, "transform/transform.json"));
    assertEquals(
        clean.manifest().parquet().splits().train(), spoilt.manifest().parquet().splits().train());
    assertTrue(
        !clean
            .manifest()
            .parquet()
            .splits()
            .test()
            .equals(spoilt.manifest().parquet().splits().test()),
        "the rubbish must have reached the test split");
  }

  @Test
  void theBytesDoNotDependOnHowTheSourceWasCut() throws IOException {
    for (boolean shuffled : new boolean[] {true, false}) {
      DatasetLayout layout =
          new DatasetLayout(
              1000, 4, ParquetCodec.LZ4_RAW, shuffled ? RowOrder.SHUFFLED : RowOrder.SOURCE, 7);
      String name = shuffled ? "2020010%dT000000Z" : "2021010%dT000000Z";
      Dataset whole = new Stations(output).with(layout).prepare(glob, name.formatted(1));
      Dataset cut =
          new Stations(output).with(layout).oneFileAChunk().prepare(glob, name.formatted(2));
      assertEquals(whole.manifest().hash(), cut.manifest().hash());
      assertEquals(
          List.of(1000L),
          whole.manifest().parquet().splits().train().get(0).rowGroups().stream()
              .distinct()
              .filter(rows -> rows >= 1000)
              .toList());
    }
  }

  @Test
  void rawRowsAreEncodedToTheBitsInTheDataset() throws IOException {
    Dataset dataset = new Stations(output).prepare(glob, "20200101T000000Z");
    FittedTransform transform =
        FittedTransform.read(dataset.folder() + "/transform").withoutLabel();
    List<String> names = new ArrayList<>(transform.numericNames());
    names.addAll(transform.nominalNames());
    Map<String, ColumnBatch> raw = new HashMap<>();
    for (StoredFile file : Storage.match(glob)) {
      try (SourceRows rows =
          SourceRows.open(
              file.path(),
              transform.inputs(),
              CsvFormat.standard(),
              reject -> fail(reject::toString))) {
        for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
          ColumnBatch encoded = transform.encode(transform.applyFeatures(batch));
          for (int row = 0; row < encoded.rows(); row++) {
            raw.put(key(encoded, row), encoded.take(new int[] {row}).select(names));
          }
        }
      }
    }
    for (DatasetFile file : dataset.manifest().files(Split.TEST)) {
      try (ParquetBatchReader reader = ParquetBatchReader.open(dataset.path(file), 1000)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          for (int row = 0; row < batch.rows(); row++) {
            ColumnBatch stored = batch.take(new int[] {row}).select(names);
            assertEquals(stored.columns(), raw.get(key(batch, row)).columns());
          }
        }
      }
    }
  }

  private static String key(ColumnBatch batch, int row) {
    return batch.column("keep.STATION").text(row) + " " + batch.column("keep.DATE").text(row);
  }

  @Test
  void parquetSourcesGiveTheSameDatasetAsTheirCsv(@TempDir Path parquet)
      throws IOException, SQLException {
    try (Connection duckDb = duckDb()) {
      for (StoredFile file : Storage.match(glob)) {
        duckDb
            .createStatement()
            .execute(
                """
                COPY (
                  SELECT STATION, CAST(DATE AS DATE) AS DATE, TRY_CAST(LATITUDE AS DOUBLE) AS LATITUDE,
                         TRY_CAST(ELEVATION AS DOUBLE) AS ELEVATION, TRY_CAST(trim(PRCP) AS INTEGER) AS PRCP,
                         TRY_CAST(trim(TMAX) AS BIGINT) AS TMAX, TMAX_ATTRIBUTES,
                         TRY_CAST(trim(TMIN) AS SMALLINT) AS TMIN
                  FROM rows WHERE filename = '%s') TO '%s' (FORMAT parquet)
                """
                    .formatted(
                        file.path(), parquet.resolve(file.name().replace(".csv", ".parquet"))));
      }
    }
    DatasetLayout ordered =
        new DatasetLayout(4096, 3, ParquetCodec.UNCOMPRESSED, RowOrder.SOURCE, 42);
    Dataset csv = new Stations(output).with(ordered).prepare(glob, "20200101T000000Z");
    Dataset same =
        new Stations(output).with(ordered).prepare(parquet + "/*.parquet", "20200102T000000Z");
    assertEquals(csv.manifest().hashes().transform(), same.manifest().hashes().transform());
    assertEquals(csv.manifest().parquet().splits(), same.manifest().parquet().splits());
    assertEquals(24_000, same.manifest().totals().read());
  }

  @Test
  void nothingIsLeftBesideTheDataset() throws IOException {
    new Stations(output).prepare(glob, "20200101T000000Z");
    try (Stream<Path> left = Files.list(output)) {
      assertEquals(List.of("20200101T000000Z"), left.map(p -> p.getFileName().toString()).toList());
    }
  }

  @Test
  void aRowThatCannotBeParsedFailsTheWorkUnlessAllowed(@TempDir Path bad) throws IOException {
    for (StoredFile file : Storage.match(glob)) {
      Files.copy(Path.of(file.path()), bad.resolve(file.name()));
    }
    Path first = Path.of(Storage.match(bad + "/*.csv").get(0).path());
    List<String> lines = new ArrayList<>(Files.readAllLines(first));
    int row = 100;
    lines.set(row, lines.get(row).replaceFirst("\"[0-9-]{10}\"", "\"someday\""));
    Files.write(first, lines);

    Exception refused =
        assertThrows(
            Exception.class,
            () -> new Stations(output).prepare(bad + "/*.csv", "20200101T000000Z"));
    String message = refused.getCause().getMessage();
    assertTrue(
        message.startsWith("Cannot prepare: 1 of the 24000 rows read cannot be parsed"), message);
    assertTrue(message.contains("%s, line %d".formatted(first, row + 1)), message);
    assertTrue(message.contains("column 'DATE': not-a-date: someday"), message);

    Dataset dataset =
        new Stations(output)
            .with(new RejectPolicy(1L, null))
            .prepare(bad + "/*.csv", "20200102T000000Z");
    assertEquals(1, dataset.manifest().totals().rejected());
    String kept = text(dataset, dataset.manifest().source().rejects().files().get(0));
    assertTrue(kept.contains("\"reason\":\"not-a-date\",\"text\":\"someday\""), kept);
  }

  @Test
  void anEmptyTrainSplitSaysWhereTheRowsWent() {
    DateSplit future =
        new DateSplit(
            "DATE",
            new DateRange(LocalDate.of(2050, 1, 1), LocalDate.of(2051, 1, 1)),
            new DateRange(LocalDate.of(2051, 1, 1), LocalDate.of(2052, 1, 1)),
            new DateRange(LocalDate.of(2052, 1, 1), null));
    Exception refused =
        assertThrows(
            Exception.class,
            () -> new Stations(output).with(future).prepare(glob, "20200101T000000Z"));
    assertTrue(
        refused
            .getCause()
            .getMessage()
            .startsWith(
                "Cannot prepare: no row with a label falls into split.train ([2050-01-01, 2051-01-01)); of 24000 rows read"),
        refused.getCause().getMessage());
  }

  private static String text(Dataset dataset, String path) throws IOException {
    return Storage.readText(Storage.resolve(dataset.folder(), path));
  }

  private static Connection duckDb() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    connection
        .createStatement()
        .execute(
            """
            CREATE VIEW rows AS
            SELECT *, CASE WHEN trim(split_part(TMAX_ATTRIBUTES, ',', 2)) = '' OR TMAX_ATTRIBUTES IS NULL
                           THEN TRY_CAST(trim(TMAX) AS DOUBLE) END AS label
            FROM read_csv('%s', all_varchar = true, union_by_name = true, header = true, filename = true)
            """
                .formatted(glob));
    connection
        .createStatement()
        .execute(
            """
            CREATE TABLE train AS
            SELECT STATION, TRY_CAST(LATITUDE AS DOUBLE) AS LATITUDE,
                   TRY_CAST(ELEVATION AS DOUBLE) AS ELEVATION,
                   TRY_CAST(trim(PRCP) AS DOUBLE) AS PRCP, TRY_CAST(trim(TMIN) AS DOUBLE) AS TMIN
            FROM (SELECT * REPLACE (CAST(DATE AS DATE) AS DATE) FROM rows)
            WHERE label IS NOT NULL AND %s
            """
                .formatted(TRAIN));
    return connection;
  }

  private static long count(Connection duckDb, String where) throws SQLException {
    return number(
        duckDb,
        "SELECT count(*) FROM (SELECT * REPLACE (CAST(DATE AS DATE) AS DATE) FROM rows) WHERE "
            + where);
  }

  private static long number(Connection duckDb, String query) throws SQLException {
    try (ResultSet rows = duckDb.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static double real(Connection duckDb, String query) throws SQLException {
    try (ResultSet rows = duckDb.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getDouble(1);
    }
  }
}
