package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A search whose model is the mean of its best few. */
@Timeout(300)
class EnsembleSearchTest {
  @TempDir Path folder;

  private String config(String values) throws IOException {
    return SmallConfig.write(
        folder,
        SmallConfig.TEXT
            + """
            search:
              name: small
              sampler: grid
              parallel: 2
              ensemble: {best: 3}
              space: {%s}
            """
                .formatted(values));
  }

  private List<Run> runs() throws IOException {
    return new RunStore(folder + "/runs").list();
  }

  private static Call done(String... args) {
    Call call = Call.of(args);
    assertEquals(0, call.status(), call.err());
    return call;
  }

  private double[] predicted(String config, String run) throws IOException {
    JsonNode json =
        done(
                "predict",
                config,
                "--run",
                run,
                "--input",
                folder + "/source/small.csv",
                "--output",
                folder + "/predictions",
                "--json")
            .json();
    List<Double> predictions = new ArrayList<>();
    for (var file : Storage.match(json.get("predictions").textValue(), "*.parquet")) {
      try (ParquetBatchReader reader = ParquetBatchReader.open(file.path(), 1 << 12)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          double[] column = ((DoubleColumn) batch.column("prediction")).numbers();
          for (double prediction : column) {
            predictions.add(prediction);
          }
        }
      }
    }
    return predictions.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<String> members(JsonNode json) {
    List<String> members = new ArrayList<>();
    json.get("members").forEach(member -> members.add(member.textValue()));
    return members;
  }

  @Test
  void theBestFewAreAveragedOnceAndTestIsReadOnce() throws Exception {
    String config = config("train.seed: {choice: [1, 2, 3, 4]}");
    JsonNode json = done("search", config, "--json").json();
    List<String> members = members(json);
    assertTrue(members.size() > 1, json::toString);
    String made = json.get("run-id").textValue();
    Run run = Run.open(folder + "/runs/" + made);
    assertEquals(members, run.record().recipe().members());
    List<Run> trials = new ArrayList<>(runs());
    assertEquals(5, trials.size(), "four trials and their mean");
    for (Run other : trials) {
      assertEquals(
          other.record().runId().equals(made), other.record().metrics().containsKey("test"));
    }
    trials.removeIf(other -> other.record().runId().equals(made));
    trials.sort(Comparator.comparingDouble(EnsembleSearchTest::mae));
    List<String> best = trials.stream().map(trial -> trial.record().runId()).toList();
    assertEquals(best.get(0), members.get(0));
    assertTrue(best.containsAll(members), () -> best + " has not all of " + members);
    assertTrue(mae(run) < mae(trials.get(0)));
    JsonNode winner = Json.tree(Files.readString(folder.resolve("studies/small/winner.json")), "");
    assertEquals(made, winner.get("run").textValue());
    assertEquals(members, members(winner));
    assertTrue(Files.readString(folder.resolve("studies/small/study.html")).contains(made));

    double[] mean = predicted(config, made);
    double[] sums = new double[mean.length];
    for (String member : members) {
      double[] own = predicted(config, member);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += own[i];
      }
    }
    assertEquals(3_000, mean.length);
    for (int i = 0; i < mean.length; i++) {
      assertEquals(sums[i] / members.size(), mean[i], 1e-6);
    }
    assertEquals(made, done("search", config, "--json").json().get("run-id").textValue());
    assertEquals(5, runs().size());

    Call rerun = Call.of("runs", "rerun", config, made);
    assertEquals(1, rerun.status(), rerun.err());
    assertTrue(rerun.err().contains("it averages the models of runs"), rerun.err());
    assertTrue(
        done("runs", "show", made, "--runs", folder + "/runs").out().contains("the mean of"));
    done("report", config);
    assertTrue(Files.readString(Path.of(run.path("report.html"))).contains("the mean of"));
    done("export", config);
    assertTrue(Files.exists(Path.of(run.path("model.onnx"))));

    Storage.deleteFolder(folder + "/runs/" + members.get(1));
    JsonNode other = done("search", config, "--json").json();
    assertFalse(members(other).contains(members.get(1)), other::toString);
    assertTrue(other.get("notes").toString().contains(members.get(1)), other::toString);
    assertArrayEquals(mean, predicted(config, made), "what was made of it needs it no more");
  }

  private static double mae(Run run) {
    return run.record().metrics().get("validation").get("mae");
  }

  @Test
  void aMeanThatIsNotBetterThanTheBestAloneIsNotMade() throws Exception {
    String config = config("train.optimizer.learning-rate: {choice: [0.05, 1.0e-6]}");
    JsonNode json = done("search", config, "--json").json();
    assertEquals(List.of(), members(json));
    assertTrue(json.get("notes").toString().contains("the best alone"), json::toString);
    assertEquals(2, runs().size());
    assertTrue(json.at("/metrics/test").has("mae"));
  }
}
