package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.dataset.verify.DatasetVerification;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.DamagedFileException;
import dev.almanac.transforms.reuse.KeptComparison;
import dev.almanac.transforms.reuse.KeptSource;
import dev.almanac.transforms.source.ContentPiece;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No damage to a dataset passes: 1,000 to all of its files and 1,000 to what it keeps of its source
 * are named by what would use them; every hundredth one by the whole command.
 */
class DamagedDatasetTest {
  private static final int TIMES = 1000;
  private static final int COMMAND_EVERY = 100;

  /** Enough to be read in two chunks. */
  private static final int FILES = 70;

  private static final int ROWS = 30;

  @TempDir static Path temporary;
  private static CaseFolder folder;
  private static Path dataset;

  @BeforeAll
  static void prepareAndTrain() throws IOException {
    folder = CaseFolder.in(temporary);
    for (int file = 0; file < FILES; file++) {
      StringBuilder csv = new StringBuilder("day,kind,x,y\n");
      for (int row = 0; row < ROWS; row++) {
        int number = row * FILES + file;
        csv.append(
            "%s,k%d,%d,%d.5\n"
                .formatted(
                    LocalDate.of(2015, 1, 1).plusDays(number),
                    number,
                    number % 17,
                    2 * (number % 17)));
      }
      folder.write(
          "data/%02d.csv".formatted(file), csv.append(file == 0 ? "1,2\n" : "").toString());
    }
    folder.write(
        "c.yaml",
        """
        name: damaged
        source: {files: ["data/*.csv"]}
        columns: {label: y, numeric: [x], nominal: [kind], keep: [day]}
        split:
          column: day
          train: {until: 2019-01-01}
          validation: {from: 2019-01-01, until: 2020-01-01}
          test: {from: 2020-01-01}
        output: {dataset: datasets, row-group-rows: 500, files: 2}
        rejects: {max-rows: 10}
        train: {task: regression, model: {family: mlp, hidden: [4]}, batch-size: 256, epochs: 1, device: cpu, runs: runs}
        """);
    dataset = Path.of(folder.run("prepare", "c.yaml").dataset().folder());
    folder.run("train", "c.yaml").json();
  }

  @Test
  void noDamageToADatasetPasses() throws IOException {
    Damage damage = new Damage(dataset, path -> true, 11);
    assertEquals(17, damage.paths().size(), damage.paths()::toString);
    for (int time = 0; time < TIMES; time++) {
      Damage.Done done = damage.next();
      String named =
          DatasetVerification.of(dataset.toString(), read -> {}).differences().toString();
      assertTrue(done.isNamedIn(named), () -> done.what() + ", verify: " + named);
      if (!done.paths().stream().allMatch(path -> path.startsWith("rejects/"))) {
        String refused = refusal(done);
        assertTrue(done.isNamedIn(refused), () -> done.what() + ": " + refused);
      }
      if (time % COMMAND_EVERY == 0) {
        String error = command(done);
        assertTrue(done.isNamedIn(error), () -> done.what() + ", command: " + error);
      }
      damage.mend();
    }
    assertEquals(List.of(), DatasetVerification.of(dataset.toString(), read -> {}).differences());
  }

  @Test
  void noDamageToAKeptSourcePasses() throws IOException {
    Damage damage = new Damage(dataset, path -> path.startsWith("source/"), 12);
    assertEquals(
        List.of(
            "source/chunk-000000.rows",
            "source/chunk-000000.statistics",
            "source/chunk-000001.rows",
            "source/chunk-000001.statistics",
            "source/index.json",
            "source/types.jsonl"),
        damage.paths());
    for (int time = 0; time < TIMES; time++) {
      Damage.Done done = damage.next();
      String refused =
          assertThrows(DamagedFileException.class, DamagedDatasetTest::reuse, done.what())
              .getMessage();
      assertTrue(done.isNamedIn(refused), () -> done.what() + ": " + refused);
      if (time % COMMAND_EVERY == 0) {
        String error = folder.run("prepare", "c.yaml", "--since", dataset.toString()).error(1);
        assertTrue(done.isNamedIn(error), () -> done.what() + ", command: " + error);
      }
      damage.mend();
    }
    assertEquals(FILES - 1, reuse().ranges());
  }

  /** What train, evaluate or prepare --since says. */
  private static String refusal(Damage.Done done) {
    return assertThrows(
            DamagedFileException.class,
            () -> {
              Dataset opened = Dataset.open(dataset.toString());
              opened.verify(List.of(Split.TRAIN, Split.VALIDATION));
              opened.verify(List.of(Split.TRAIN, Split.TEST));
              reuse();
            },
            done.what())
        .getMessage();
  }

  private static KeptComparison.Reused reuse() throws IOException {
    Dataset opened = Dataset.open(dataset.toString());
    List<SourceChunk> source =
        SourceChunk.split(Storage.match(folder.path("data") + "/*.csv"), CsvFormat.standard());
    KeptComparison comparison = KeptComparison.of(KeptSource.open(opened), opened, source);
    List<ContentPiece.Hashed> hashed = new ArrayList<>();
    for (ContentPiece piece : comparison.pieces()) {
      hashed.add(piece.hash());
    }
    return comparison.settled(hashed);
  }

  /** The command that would use the file. */
  private static String command(Damage.Done done) throws IOException {
    String path = done.paths().get(0);
    if (path.startsWith("source/")) {
      return folder.run("prepare", "c.yaml", "--since", dataset.toString()).error(1);
    }
    if (path.startsWith("test/")) {
      return folder.run("evaluate", "c.yaml").error(1);
    }
    if (path.startsWith("rejects/")) {
      CaseFolder.Answer verified = folder.run("verify", dataset.toString());
      assertEquals(1, verified.status());
      return verified.out();
    }
    return folder.run("train", "c.yaml").error(1);
  }
}
