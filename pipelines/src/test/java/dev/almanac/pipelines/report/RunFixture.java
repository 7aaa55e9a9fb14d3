package dev.almanac.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.machine.Cpu;
import dev.almanac.training.machine.Hardware;
import dev.almanac.training.machine.Jvm;
import dev.almanac.training.machine.NativeLibraries;
import dev.almanac.training.machine.Platform;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunCode;
import dev.almanac.training.run.RunMachine;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.run.RunRecipe;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunState;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.Speed;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.SealedJson;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.FileHash;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a run's folder and its dataset's manifest as prepare, train and evaluate leave them, from
 * rows that a test knows.
 *
 * @param folder gets {@code run/} and {@code dataset/}
 */
public record RunFixture(String folder) {
  static final String RUN_ID = "20260728T101530Z-1f00ab42";

  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final int EPOCHS = 20;
  private static final int BEST_EPOCH = 17;

  /** What a task's rows give: the transform, the predictions and what they are worth. */
  public record Contents(
      Task task,
      FittedTransform transform,
      List<ColumnBatch> predictions,
      Map<String, Double> metrics,
      Map<String, RunOutcome.Baseline> baselines,
      List<SourceLedger> ledgers) {}

  public String runFolder() {
    return Storage.resolve(folder, "run");
  }

  public String predictionGlob() {
    return Storage.resolve(runFolder(), Run.PREDICTIONS, "test", "*.parquet");
  }

  /** Writes all of it. */
  public void write(Contents contents) throws IOException {
    String dataset = Storage.resolve(folder, "dataset");
    contents.transform().write(Storage.resolve(runFolder(), Run.TRANSFORM));
    DatasetManifest manifest = manifest(contents);
    manifest.write(dataset);
    int part = 0;
    for (ColumnBatch batch : contents.predictions()) {
      String path =
          Storage.resolve(
              runFolder(),
              Run.PREDICTIONS,
              "test",
              "part-%05d-of-%05d.parquet".formatted(part++, contents.predictions().size()));
      try (ParquetBatchWriter writer =
          ParquetBatchWriter.create(
              path, batch.schema(), ParquetLayout.of(1 << 17, ParquetCodec.UNCOMPRESSED))) {
        writer.write(batch);
        writer.finish();
      }
    }
    writeEpochs(contents.metrics());
    write(record(contents, dataset, manifest.hash()));
  }

  public void write(RunRecord record) throws IOException {
    seal(runFolder(), record);
  }

  /** Writes a record with the hashes of what lies beside it. */
  private static void seal(String run, Object record) throws IOException {
    Map<String, FileHash> files = new TreeMap<>();
    for (String path : Storage.pathsBelow(run)) {
      if (!path.equals(RunRecord.FILE) && !path.equals(Report.FILE)) {
        files.put(path, FileHash.of(Storage.resolve(run, path)));
      }
    }
    ObjectNode node = Json.mapper().valueToTree(record);
    node.set("files", Json.mapper().valueToTree(files));
    Storage.writeText(Storage.resolve(run, RunRecord.FILE), SealedJson.text(node));
  }

  /** Writes a run's folder beside the others: the run as a repeat whose losses are other ones. */
  static void repeat(String folder, String own, Run run, int number, double factor)
      throws IOException {
    ObjectNode record = (ObjectNode) Json.mapper().valueToTree(run.record());
    record.put("run-id", run.record().runId().substring(0, 17) + "0000000" + number);
    ObjectNode group = record.putObject("series").putObject("group");
    group.put("id", RUN_ID).put("number", number).put("size", 3);
    ((ObjectNode) record.at("/recipe/train")).put("seed", 41L + number);
    scale((ObjectNode) record.at("/outcome/result"), "validation-loss", factor);
    scale((ObjectNode) record.at("/outcome/metrics/test"), "mae", factor);
    List<String> lines = new ArrayList<>();
    for (EpochRecord epoch : run.epochs()) {
      ObjectNode line = (ObjectNode) Json.mapper().valueToTree(epoch);
      scale(line, "validation-loss", factor);
      lines.add(Json.line(line));
    }
    Storage.writeText(Storage.resolve(folder, own, Run.EPOCHS), String.join("\n", lines) + "\n");
    seal(Storage.resolve(folder, own), record);
  }

  private static void scale(ObjectNode node, String key, double factor) {
    node.put(key, factor * node.get(key).doubleValue());
  }

  private static DatasetManifest manifest(Contents contents) {
    RowCounts totals =
        contents.ledgers().stream().map(SourceLedger::rows).reduce(RowCounts.NONE, RowCounts::plus);
    return DatasetManifest.of(
            "fixture",
            new DatasetManifest.Made(
                "2026-07-28T10:14:02Z",
                new DatasetManifest.MadeBy("0.1.0", COMMIT, "direct", "17.0.11", "localhost")),
            DatasetManifest.Hashes.of(hash("config"), hash("schema"), contents.transform().hash()),
            contents.transform().datasetColumns(),
            new DatasetManifest.ParquetFiles(
                "shuffled",
                "uncompressed",
                131_072,
                new DatasetManifest.Splits(
                    file("train", totals.train()),
                    file("validation", totals.validation()),
                    file("test", totals.test()))),
            new DatasetManifest.Source(
                contents.ledgers(), totals, rejects(totals.rejected()), List.of()))
        .withSideFiles(List.of())
        .hashed();
  }

  private static DatasetManifest.Rejects rejects(long rows) {
    long few = rows / 4;
    return new DatasetManifest.Rejects(
        rows,
        rows == 0 ? List.of() : List.of("rejects/part-00000-of-00001.parquet"),
        rows == 0
            ? List.of()
            : List.of(
                new DatasetManifest.ReasonCount("not-a-number", rows - few),
                new DatasetManifest.ReasonCount("wrong-cell-count", few)));
  }

  private static List<DatasetFile> file(String split, long rows) {
    return List.of(
        new DatasetFile(
            split + "/part-00000-of-00001.parquet", rows, List.of(rows), 104 * rows, hash(split)));
  }

  static String hash(String of) {
    return Json.sha256(of);
  }

  private static RunRecord record(Contents contents, String dataset, String hash)
      throws IOException {
    Map<String, Double> validation = new LinkedHashMap<>();
    contents.metrics().forEach((key, value) -> validation.put(key, 0.98 * value));
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    metrics.put("validation", validation);
    metrics.put("test", contents.metrics());
    return new RunRecord(
        RunRecord.FORMAT_VERSION,
        RUN_ID,
        new RunState(
            RunStatus.FINISHED, null, null, null, "2026-07-28T10:15:30Z", "2026-07-28T10:18:41Z"),
        null,
        new RunRecipe(
            new RunRecipe.DatasetReference(dataset, "fixture", hash, contents.transform().hash()),
            config(),
            train(contents.task()),
            contents.transform().datasetColumns(),
            46_113,
            new RunCode(
                new RunCode.Checkout(COMMIT, "main", null, List.of(), null),
                RunCode.Checkout.unknown("no repository"),
                null),
            null),
        new RunMachine(
            "cpu",
            2,
            new RunMachine.Versions("0.1.0", "17.0.11", "0.25.0", "2.0.1", "Linux amd64"),
            new Jvm("OpenJDK", "Debian", "17.0.11", List.of(), 1L << 30),
            new NativeLibraries(Map.of(), Map.of()),
            new Hardware(new Cpu("a processor", 2, 2, List.of()), null, 1L << 33, null, List.of()),
            new Platform("Linux amd64", "host", null, "en", "UTC", "UTF-8"),
            Map.of()),
        new RunOutcome(
            new RunOutcome.Result(
                EPOCHS, BEST_EPOCH, false, 0.0631, 0.0722, new Speed(184.2, 41_250), 0.001, null),
            metrics,
            Map.of("test", contents.baselines())),
        Map.of());
  }

  private static TrainConfig train(Task task) throws IOException {
    return Json.read(
        """
        {"task": "%s", "epochs": %d, "patience": 0, "threads": 2, "mixed-row-groups": 16,
         "optimizer": {"learning-rate": 0.003, "weight-decay": 0.01}}
        """
            .formatted(task.text(), EPOCHS),
        TrainConfig.class,
        "fixture");
  }

  private static JsonNode config() throws IOException {
    return Json.tree(
        """
        {"name": "ghcn-tmax",
         "source": {"files": ["data/ghcn-daily/*.csv.gz"], "nulls": ["", "NA"]},
         "columns": {"label": "TMAX", "numeric": ["PRCP", "TMIN"],
                     "nominal": ["STATION", "ELEVATION"], "keep": ["STATION", "DATE"]},
         "features": [{"date-parts": {"column": "DATE", "parts": ["day-of-year-sin", "day-of-year-cos"]}}],
         "split": {"column": "DATE", "train": {"from": "1985-01-01", "until": "2013-01-01"},
                   "validation": {"from": "2013-01-01", "until": "2015-01-01"},
                   "test": {"from": "2015-01-01"}},
         "fit": {"columns": {"ELEVATION": [{"quantile-bins": {"bins": 10}}]}},
         "train": {"task": "regression", "epochs": 20, "seed": 42}}
        """,
        "fixture");
  }

  private void writeEpochs(Map<String, Double> metrics) throws IOException {
    List<String> lines = new ArrayList<>();
    double lowest = Double.MAX_VALUE;
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      double course = 0.07 + 0.16 * Math.exp(-epoch / 2.5);
      double away = 0.0004 * Math.abs(epoch - BEST_EPOCH);
      double loss = course + away + (epoch % 3 == 1 ? 0.002 : 0);
      Map<String, Double> validation = new LinkedHashMap<>();
      metrics.forEach((key, value) -> validation.put(key, value * Math.sqrt(loss / 0.07)));
      boolean best = loss < lowest;
      lowest = Math.min(lowest, loss);
      double rate = 0.003 * (epoch < 6 ? epoch / 6.0 : (EPOCHS + 0.5 - epoch) / (EPOCHS - 5.5));
      lines.add(
          Json.line(
              new EpochRecord(
                  epoch,
                  348,
                  rate,
                  0.06 + 0.3 * Math.exp(-epoch / 2.0),
                  loss,
                  validation,
                  best,
                  new Speed(9.1, 41_250))));
    }
    Storage.writeText(Storage.resolve(runFolder(), Run.EPOCHS), String.join("\n", lines) + "\n");
  }
}
