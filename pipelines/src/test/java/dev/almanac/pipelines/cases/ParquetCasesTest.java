package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet sources as people have them. */
class ParquetCasesTest {
  private static final String CONFIG =
      """
      name: c
      source: {files: ["data/*"]}
      columns: {label: y, numeric: [x], keep: [d]}
      split: {column: d, train: {until: 2020-07-01}, validation: {from: 2020-07-01, until: 2020-09-01}, test: {from: 2020-09-01}}
      output: {dataset: out/ds, files: 1}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "28a-pq-plain",
        "28b-pq-unwanted-list",
        "28c-pq-unwanted-struct",
        "28d-pq-unwanted-ts",
        "28g-pq-small-types",
        "28h-pq-bool-decimal-feature",
        "28i-pq-empty-file",
        "28j-pq-empty-rowgroup",
        "28l-pq-int-then-double",
        "28m-pq-uint64",
        "28n-pq-large-string",
        "28p-pq-null-type",
        "28q-pq-hive",
        "28s-pq-ext",
        "28u-pq-zstd",
        "28f-pq-date-is-timestamp",
        "28k-pq-int96"
      })
  void everyRowIsRead(String name) throws IOException {
    DatasetManifest manifest = CaseFolder.of(name, folder).run("prepare", "c.yaml").manifest();
    assertTrue(manifest.totals().read() > 0);
    assertEquals(0, manifest.totals().rejected());
    assertEquals(0, manifest.totals().dropped());
    assertTrue(manifest.totals().train() > 0 && manifest.totals().test() > 0);
    manifest.source().files().forEach(file -> assertNotNull(file.hash(), file.path()));
  }

  @Test
  void nanIsRefusedWithAWayOnUnlessItIsListedAsMissing() throws IOException {
    CaseFolder nan = CaseFolder.of("28r-pq-nan", folder);
    String message = nan.run("prepare", "c.yaml").error(1);
    assertTrue(message.contains("list it in source.nulls"), message);
    String config = Files.readString(nan.path("c.yaml"));
    nan.write(
        "n.yaml",
        config.replace(
            "files: [\"data/*.parquet\"]", "files: [\"data/*.parquet\"]\n  nulls: [\"\", NaN]"));
    DatasetManifest manifest = nan.run("prepare", "n.yaml").manifest();
    assertEquals(0, manifest.totals().rejected());
  }

  @Test
  void aCodecThatIsNotHereIsNamed() throws IOException {
    String message = CaseFolder.of("28t-pq-gz-codec", folder).run("prepare", "c.yaml").error(1);
    assertTrue(message.contains("BROTLI") && message.contains("zstd, snappy"), message);
  }

  @Test
  void aPageThatIsShorterThanItsHeaderSaysIsRefused() throws IOException {
    CaseFolder damaged = CaseFolder.of("b06-parquet-short-page", folder);
    String message = damaged.run("prepare", "c.yaml").error(1);
    assertTrue(
        message.startsWith(
            "Cannot read %s: row group 0, column 'id'".formatted(damaged.path("a.parquet"))),
        message);
    Files.copy(
        damaged.path("good.parquet"),
        damaged.path("a.parquet"),
        StandardCopyOption.REPLACE_EXISTING);
    assertEquals(0, damaged.run("prepare", "c.yaml").manifest().totals().rejected());
  }

  @Test
  void mixedFormatsAreNamed() throws IOException {
    CaseFolder mixed = CaseFolder.of("28a-pq-plain", folder);
    mixed.write("data/b.csv", "a,b\n1,2\n");
    String config = Files.readString(mixed.path("c.yaml"));
    mixed.write("m.yaml", config.replace("data/*.parquet", "data/*"));
    String message = mixed.run("prepare", "m.yaml").error(2);
    assertTrue(message.contains("a.parquet") && message.contains("b.csv"), message);
  }

  private List<String> kept(DatasetManifest manifest, Path dataset, String column)
      throws Exception {
    List<String> values = new ArrayList<>();
    for (var file :
        Arrays.stream(Split.values()).flatMap(split -> manifest.files(split).stream()).toList()) {
      try (ParquetBatchReader reader =
          ParquetBatchReader.open(dataset.resolve(file.path()).toString(), 1_000)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          for (int row = 0; row < batch.rows(); row++) {
            values.add(batch.column(column).text(row));
          }
        }
      }
    }
    return values;
  }

  @Test
  void aKeptPointInTimeKeepsItsTimeThoughItsDaySplits() throws Exception {
    CaseFolder times = CaseFolder.in(folder);
    Files.createDirectories(times.path("data"));
    duckDb(
        "copy (select timestamp '2020-01-01 07:08:09.25' + i * interval 1 day as d, i as x, i * 2.0 as y from range(300) t(i)) to '%s' (format parquet)"
            .formatted(times.path("data", "a.parquet")));
    times.write("c.yaml", CONFIG);
    Dataset dataset = times.run("prepare", "c.yaml").dataset();
    List<String> kept = kept(dataset.manifest(), Path.of(dataset.folder()), "keep.d");
    assertEquals(300, kept.size());
    assertTrue(kept.contains("2020-01-01T07:08:09.25"), kept.get(0));
    assertEquals(182, dataset.manifest().totals().train());
  }

  @Test
  void aNamedColumnOfNoTypeOfOursIsTold() throws Exception {
    CaseFolder odd = CaseFolder.in(folder);
    Files.createDirectories(odd.path("data"));
    duckDb(
        "copy (select date '2020-01-01' + i::integer as d, [i, 2] as x, i * 2.0 as y from range(300) t(i)) to '%s' (format parquet)"
            .formatted(odd.path("data", "a.parquet")));
    odd.write("c.yaml", CONFIG);
    String message = odd.run("prepare", "c.yaml").error(1);
    assertTrue(
        message.startsWith(
            "Cannot read %s: column 'x' is of no type that is read here"
                .formatted(odd.path("data", "a.parquet"))),
        message);
    assertTrue(message.contains("flatten it"), message);
  }

  @Test
  void foldersNamesAreColumnsOfCsvFilesToo() throws Exception {
    CaseFolder hive =
        CaseFolder.in(folder)
            .write(
                "c.yaml",
                CONFIG
                    .replace("numeric: [x]", "numeric: [x, year], nominal: [site]")
                    .replace("data/*", "data/**"));
    for (int month = 1; month <= 12; month++) {
      StringBuilder rows = new StringBuilder("d,x,y\n");
      for (int day = 1; day <= 28; day++) {
        rows.append("2020-%02d-%02d,%d,%d\n".formatted(month, day, day, month));
      }
      hive.write(
          "data/year=%d/site=0%d/m.csv".formatted(month < 7 ? 2019 : 2020, month % 3),
          rows.toString());
      Files.move(
          hive.path("data", "year=" + (month < 7 ? 2019 : 2020), "site=0" + month % 3, "m.csv"),
          hive.path(
              "data", "year=" + (month < 7 ? 2019 : 2020), "site=0" + month % 3, month + ".csv"));
    }
    Dataset dataset = hive.run("prepare", "c.yaml").dataset();
    assertEquals(12 * 28, dataset.manifest().totals().read());
    String transform = Files.readString(Path.of(dataset.folder(), "transform", "transform.json"));
    assertTrue(transform.contains("\"site\"") && transform.contains("\"year\""), transform);
  }

  private static void duckDb(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void sinceTakesOverAParquetFileUntilAnyOfItsBytesChanges() throws Exception {
    CaseFolder source = CaseFolder.of("28a-pq-plain", folder);
    String config = Files.readString(source.path("c.yaml"));
    String first = source.run("prepare", "c.yaml").dataset().folder();
    source.write("d.yaml", config.replace("out/ds", "out/since"));
    CaseFolder.Answer same = source.run("prepare", "d.yaml", "--since", first);
    assertTrue(same.err().contains("reusing 1 of 1 file or range of a file from"), same.err());
    Path file = source.path("data", "a.parquet");
    byte[] bytes = Files.readAllBytes(file);
    FileTime modified = Files.getLastModifiedTime(file);
    for (int at = 200; at < bytes.length - 100; at += bytes.length / 5) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      Files.write(file, damaged);
      Files.setLastModifiedTime(file, modified);
      source.write("e.yaml", config.replace("out/ds", "out/since" + at));
      CaseFolder.Answer other = source.run("prepare", "e.yaml", "--since", first);
      assertTrue(
          other.status() == 1 && other.error(1).contains("a.parquet")
              || other.err().contains("reusing 0 of 1 file or range of a file from"),
          other.err());
    }
  }
}
