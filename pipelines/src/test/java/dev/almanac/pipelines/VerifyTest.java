package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.cli.Call;
import dev.almanac.transforms.dataset.verify.DatasetVerification;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.SealedJson;
import dev.almanac.transforms.manifest.DatasetManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code almanac verify}, on a dataset that has every kind of file. */
class VerifyTest {
  private static final List<String> FILES =
      List.of(
          "dataset.json",
          "rejects/chunk-000000.jsonl",
          "schema.json",
          "source/chunk-000000.rows",
          "source/chunk-000000.statistics",
          "source/index.json",
          "test/part-00000-of-00002.parquet",
          "test/part-00001-of-00002.parquet",
          "train/part-00000-of-00002.parquet",
          "train/part-00001-of-00002.parquet",
          "transform/transform.json",
          "transform/vocabulary/000-kind.jsonl",
          "validation/part-00000-of-00002.parquet",
          "validation/part-00001-of-00002.parquet");

  @TempDir static Path prepared;
  private static Path original;

  @TempDir Path folder;
  private Path dataset;

  @BeforeAll
  static void prepare() throws IOException {
    for (int file = 0; file < 2; file++) {
      List<String> lines = new ArrayList<>(List.of("day,kind,x,y"));
      LocalDate day = LocalDate.of(2020, 1, 1);
      for (int i = 0; i < 1500; i++) {
        lines.add("%s,k%d,%d,%.2f".formatted(day.plusDays(i), i, i % 17, 0.5 * (i % 17) + 1));
      }
      lines.add("someday,k1,1,1");
      lines.add("2020-01-01,k1,1,1,1");
      Files.write(prepared.resolve("data-%d.csv".formatted(file)), lines);
    }
    Files.writeString(
        prepared.resolve("schema.json"),
        """
        {"format-version": 1, "columns": [
          {"name": "day", "type": "date", "date-form": "yyyy-MM-dd", "nullable": false},
          {"name": "kind", "type": "string", "nullable": true},
          {"name": "x", "type": "long", "nullable": true},
          {"name": "y", "type": "double", "nullable": true}]}
        """);
    Path config = prepared.resolve("config.yaml");
    Files.writeString(
        config,
        """
        name: small
        source: {files: ["data-*.csv"]}
        schema: schema.json
        columns: {label: y, numeric: [x], nominal: [kind], keep: [day]}
        split:
          column: day
          train: {until: 2023-06-01}
          validation: {from: 2023-06-01, until: 2023-07-01}
          test: {from: 2023-07-01}
        output: {dataset: datasets, row-group-rows: 500, files: 2}
        rejects: {max-rows: 10}
        """);
    Call answer = Call.of("prepare", config.toString(), "--json");
    assertEquals(0, answer.status(), answer.out());
    original = Path.of(answer.json().get("dataset").textValue());
  }

  @BeforeEach
  void copy() throws IOException {
    dataset = folder.resolve(original.getFileName());
    try (Stream<Path> paths = Files.walk(original)) {
      for (Path path : paths.toList()) {
        Files.copy(path, dataset.resolve(original.relativize(path)));
      }
    }
  }

  @Test
  void anUntouchedDatasetVerifies() throws IOException {
    Call answer = verify();
    assertEquals(0, answer.status(), answer.out());
    assertTrue(answer.json().get("verified").booleanValue());
    assertEquals(FILES, files());
    assertEquals(FILES.size(), answer.json().get("files").intValue());
    assertEquals(List.of(), paths(answer));
    Call newest = Call.of("verify", folder.toString());
    assertEquals(0, newest.status());
    assertTrue(newest.out().startsWith(dataset + ": as it was written (14 files, "), newest.out());
  }

  @Test
  void aFlippedByteAnywhereInAnyFileIsNamed() throws IOException {
    for (String file : FILES) {
      Path path = dataset.resolve(file);
      byte[] bytes = Files.readAllBytes(path);
      for (int at = 0; at < bytes.length; at += Math.max(1, bytes.length / 5)) {
        bytes[at] ^= 1;
        Files.write(path, bytes);
        List<String> paths =
            DatasetVerification.of(dataset.toString(), read -> {}).differences().stream()
                .map(DatasetVerification.Difference::path)
                .distinct()
                .toList();
        if (file.equals("dataset.json")) {
          // Where the byte was of another file's hash, that file no longer fits it either.
          assertTrue(paths.contains(file), file + " at " + at);
        } else {
          assertEquals(List.of(file), paths, file + " at " + at);
        }
        bytes[at] ^= 1;
      }
      Files.write(path, bytes);
    }
    assertEquals(0, verify().status());
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    for (String file : FILES.subList(1, FILES.size())) {
      Path away = folder.resolve("away");
      Files.move(dataset.resolve(file), away);
      Call answer = verify();
      assertEquals(1, answer.status(), file);
      assertEquals(List.of(file), paths(answer));
      assertEquals("it is missing", answer.json().at("/differences/0/what").textValue());
      Files.move(away, dataset.resolve(file));
    }
  }

  @Test
  void aFileThatDoesNotBelongIsNamedUnlessItIsANoteBeside() throws IOException {
    Files.writeString(dataset.resolve("notes.txt"), "looks good");
    assertEquals(0, verify().status());
    Files.copy(
        dataset.resolve("test/part-00000-of-00002.parquet"),
        dataset.resolve("train/part-00002-of-00002.parquet"));
    Files.writeString(dataset.resolve("transform/vocabulary/001-x.jsonl"), "");
    Call answer = verify();
    assertEquals(1, answer.status());
    assertEquals(
        List.of("train/part-00002-of-00002.parquet", "transform/vocabulary/001-x.jsonl"),
        paths(answer));
    assertEquals(
        "it is not part of the dataset; dataset.json does not name it",
        answer.json().at("/differences/0/what").textValue());
  }

  @Test
  void everyDifferenceIsNamedAtOnce() throws IOException {
    Files.delete(dataset.resolve("schema.json"));
    Files.writeString(dataset.resolve("rejects/chunk-000000.jsonl"), "");
    Files.write(dataset.resolve("train/part-00000-of-00002.parquet"), new byte[10]);
    Files.writeString(dataset.resolve("validation/part-1.parquet"), "");
    Call answer = Call.of("verify", dataset.toString());
    assertEquals(1, answer.status());
    List<String> lines = answer.out().lines().toList();
    assertEquals(
        dataset + ": 4 differences (14 files, ", lines.get(0).replaceAll("[0-9,]+ bytes.*", ""));
    assertTrue(lines.get(1).startsWith("  train/part-00000-of-00002.parquet: it has 10 bytes ("));
    assertTrue(lines.get(2).startsWith("  rejects/chunk-000000.jsonl: it has 0 bytes ("));
    assertEquals("  schema.json: it is missing", lines.get(3));
    assertTrue(lines.get(4).startsWith("  validation/part-1.parquet: it is not part of"));
  }

  @Test
  void anEditedManifestIsNamedAndSoIsWhatItNoLongerFits() throws IOException {
    edit(text -> text.replaceFirst("\"name\" : \"small\"", "\"name\" : \"large\""));
    assertTrue(what(verify()).get(0).startsWith("it was edited: its content's hash is "));
    edit(text -> text.replaceFirst("\"created\" : \"2", "\"created\" : \"1"));
    assertTrue(
        what(verify())
            .get(0)
            .startsWith("it was changed after it was written (the hash of all in it is "));
    edit(text -> text.replaceFirst("\n", "\n\n"));
    assertEquals(
        List.of("it was changed after it was written (it says the same in other bytes)"),
        what(verify()));
  }

  @Test
  void aManifestThatWasEditedAndHashedAnewDoesNotFitItsFilesOrItself() throws IOException {
    DatasetManifest manifest = DatasetManifest.read(original.toString());
    String train = Json.pretty(manifest.parquet().splits().train().get(0).rowGroups());
    assertTrue(train.replaceAll("\\s", "").startsWith("[500,"), train);
    edit(text -> rehashed(text.replaceFirst("(?<key>\"row-groups\" : \\[\\s+)500", "${key}499")));
    List<String> rowGroups = what(verify());
    assertTrue(
        rowGroups.get(0).startsWith("rows of train/part-00000-of-00002.parquet do not add up"),
        rowGroups::toString);
    assertTrue(rowGroups.get(2).startsWith("its row groups hold [500, "), rowGroups::toString);
    edit(text -> rehashed(text.replace("\"row-group-rows\" : 500", "\"row-group-rows\" : 400")));
    assertTrue(
        what(verify()).get(0).endsWith("each but the last must have 400, and the last no more"),
        () -> verify().out());
    edit(text -> rehashed(text.replaceAll("\"rejected\" : 2", "\"rejected\" : 1")));
    List<String> ledger = what(verify());
    assertTrue(ledger.get(0).startsWith("the ledger of "), ledger::toString);
    edit(text -> rehashed(text.replaceFirst("\"rows\" : 4", "\"rows\" : 5")));
    List<String> rejects = what(verify());
    assertTrue(rejects.get(0).startsWith("rejected rows do not add up"), rejects::toString);
    assertTrue(rejects.contains("its files hold 4 rows (5 in dataset.json)"), rejects::toString);
    edit(
        text ->
            rehashed(
                text.replace(manifest.hashes().schema(), "0")
                    .replace(manifest.hashes().transform(), "1")));
    List<String> hashes = what(verify());
    assertTrue(hashes.get(0).startsWith("its columns changed: hash "), hashes::toString);
    assertTrue(hashes.get(1).startsWith("it is another transform: hash "), hashes::toString);
  }

  @Test
  void aFolderWithoutADatasetIsAnError() throws IOException {
    Call answer = Call.of("verify", folder.resolve("absent").toString());
    assertEquals(1, answer.status());
    assertTrue(answer.err().startsWith("Cannot open dataset " + folder), answer.err());
    assertEquals(2, Call.of("verify").status());
  }

  private static String rehashed(String text) {
    try {
      SealedJson sealed = SealedJson.of(text.getBytes(StandardCharsets.UTF_8));
      return SealedJson.text(DatasetManifest.of(sealed, "test").hashed());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void edit(UnaryOperator<String> change) throws IOException {
    String text = Files.readString(original.resolve("dataset.json"));
    String changed = change.apply(text);
    assertTrue(!changed.equals(text));
    Files.writeString(dataset.resolve("dataset.json"), changed);
  }

  private static List<String> what(Call answer) throws IOException {
    assertEquals(1, answer.status());
    return answer.json().get("differences").findValuesAsText("what");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> paths = Files.walk(dataset)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> dataset.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private Call verify() {
    return Call.of("verify", dataset.toString(), "--json");
  }

  private static List<String> paths(Call verified) throws IOException {
    return new ArrayList<>(
        new TreeSet<>(verified.json().get("differences").findValuesAsText("path")));
  }
}
