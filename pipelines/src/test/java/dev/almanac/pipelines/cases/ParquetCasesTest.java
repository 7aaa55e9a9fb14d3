package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.artifact.DatasetManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet sources as people have them. */
class ParquetCasesTest {
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
        "28u-pq-zstd"
      })
  void everyRowIsRead(String name) throws IOException {
    DatasetManifest manifest = CaseFolder.of(name, folder).run("prepare", "c.yaml").manifest();
    assertTrue(manifest.totals().read() > 0);
    assertEquals(0, manifest.totals().rejected());
    assertEquals(0, manifest.totals().dropped());
    assertTrue(manifest.totals().train() > 0 && manifest.totals().test() > 0);
    manifest.source().forEach(file -> assertNotNull(file.hash(), file.path()));
  }

  @Test
  void nanIsRefusedWithAWayOnUnlessItIsListedAsMissing() throws IOException {
    CaseFolder nan = CaseFolder.of("28r-pq-nan", folder);
    String message = nan.run("prepare", "c.yaml").error(1);
    assertTrue(message.contains("NaN"), message);
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
}
