package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.SealedJson;
import dev.almanac.transforms.manifest.DatasetManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept is compared with what was written before it is used. */
class IntegrityCasesTest {
  @TempDir Path temporary;

  @Test
  void trainRefusesAnEmptiedOrDamagedTransform() throws IOException {
    CaseFolder folder = CaseFolder.of("b11-train-damaged-transform", temporary);
    Path dataset = prepare(folder);
    Path transform = dataset.resolve("transform/transform.json");
    byte[] written = Files.readAllBytes(transform);

    Files.write(transform, new byte[0]);
    String emptied = folder.run("train", "c.yaml").error(1);
    assertTrue(
        emptied.contains(
            "transform/transform.json: it has 0 bytes (%d in dataset.json)"
                .formatted(written.length)),
        emptied);

    byte[] changed = written.clone();
    changed[written.length - 3] ^= 1;
    Files.write(transform, changed);
    String damaged = folder.run("train", "c.yaml").error(1);
    assertTrue(
        damaged.contains("transform/transform.json: its content changed: sha-256 "), damaged);
    assertTrue(damaged.contains("`almanac verify " + dataset + "`"), damaged);

    Files.delete(transform);
    String missing = folder.run("train", "c.yaml").error(1);
    assertTrue(missing.contains("transform/transform.json: it is missing"), missing);
    assertFalse(Files.exists(folder.path("runs")), "no run began");

    Files.write(transform, written);
    folder.run("train", "c.yaml").json();
  }

  @Test
  void aDamagedNewestDatasetIsAnErrorAndNoReasonToTakeAnOlderOne() throws IOException {
    CaseFolder folder = CaseFolder.of("b12-train-takes-older-dataset", temporary);
    Files.deleteIfExists(folder.path("data", "b.csv"));
    Path older = prepare(folder);
    Files.copy(folder.path("data", "a.csv"), folder.path("data", "b.csv"));
    Path newest = prepare(folder);
    Path manifest = newest.resolve("dataset.json");
    byte[] written = Files.readAllBytes(manifest);

    for (byte[] damaged :
        List.of(
            new byte[0],
            Arrays.copyOf(written, 700),
            flipped(written, written.length / 2),
            flipped(written, 3),
            Arrays.copyOf(written, written.length + 1))) {
      Files.write(manifest, damaged);
      String error = folder.run("train", "c.yaml").error(1);
      assertTrue(error.startsWith("Cannot open dataset " + newest + ": dataset.json is"), error);
      assertTrue(error.contains("`almanac verify " + newest + "`"), error);
      assertTrue(error.contains("an older dataset is not taken in its place"), error);
    }
    folder.run("train", "c.yaml", "--dataset", older.toString()).json();
    Files.write(manifest, written);
    assertEquals(
        newest.toString(),
        Json.tree(
                Files.readString(
                    Path.of(folder.run("train", "c.yaml").json().get("run").textValue())
                        .resolve("run.json")),
                "run")
            .at("/recipe/dataset/path")
            .textValue());
  }

  @Test
  void runPreparesAnewWhenTheNewestDatasetIsDamaged() throws IOException {
    CaseFolder folder = CaseFolder.of("b12-train-takes-older-dataset", temporary);
    Path older = prepare(folder);
    Path newest = prepare(folder);
    Path manifest = newest.resolve("dataset.json");
    byte[] written = Files.readAllBytes(manifest);
    Files.write(manifest, flipped(written, written.length / 2));
    CaseFolder.Answer answer = folder.run("run", "c.yaml");
    Path taken = Path.of(answer.json().get("dataset").textValue());
    assertTrue(!taken.equals(older) && !taken.equals(newest), answer.err());
    assertTrue(answer.err().contains("preparing anew"), answer.err());
    Files.write(manifest, written);
  }

  @Test
  void aDatasetOfAnotherFormatVersionIsPassedOverAndThatIsSaid() throws IOException {
    CaseFolder folder = CaseFolder.of("b12-train-takes-older-dataset", temporary);
    Path older = prepare(folder);
    Path newest = prepare(folder);
    Path manifest = newest.resolve("dataset.json");
    var later = SealedJson.of(Files.readAllBytes(manifest)).content();
    later.put("format-version", 99);
    Files.writeString(manifest, SealedJson.text(later));
    CaseFolder.Answer answer = folder.run("train", "c.yaml");
    assertEquals(0, answer.status(), answer.err());
    assertTrue(
        answer
            .err()
            .contains(
                "passing over %s: Cannot open dataset %s: this Almanac reads format-version %d of dataset.json (99 found)"
                    .formatted(newest, newest, DatasetManifest.FORMAT_VERSION)),
        answer.err());
    assertTrue(Files.exists(older));
  }

  @Test
  void sinceRefusesKeptStatisticsOfWhichOneBitChanged() throws IOException {
    CaseFolder folder = CaseFolder.of("b05-since-statistics-flip", temporary);
    Path dataset = prepare(folder);
    Path statistics = dataset.resolve("source/chunk-000000.statistics");
    byte[] written = Files.readAllBytes(statistics);
    for (int at : new int[] {820, 0, 4, written.length - 1}) {
      Files.write(statistics, flipped(written, at));
      String error = folder.run("prepare", "c.yaml", "--since", dataset.toString()).error(1);
      assertTrue(
          error.contains("source/chunk-000000.statistics: its content changed: sha-256 "), error);
      assertTrue(error.contains("prepare without --since"), error);
    }
    Files.write(statistics, written);
    assertEquals(
        DatasetManifest.read(dataset.toString()).hash(),
        folder.run("prepare", "c.yaml", "--since", dataset.toString()).manifest().hash());
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= 2;
    return flipped;
  }

  private static Path prepare(CaseFolder folder) throws IOException {
    Path dataset = Path.of(folder.run("prepare", "c.yaml").dataset().folder());
    try (Stream<Path> files = Files.list(dataset)) {
      assertTrue(files.findAny().isPresent());
    }
    return dataset;
  }
}
