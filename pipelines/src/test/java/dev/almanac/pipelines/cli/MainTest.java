package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.evaluate.Importance;
import dev.almanac.training.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path folder;

  @Test
  void helpIsTheManual() {
    Call help = Call.of("--help");
    assertEquals(0, help.status());
    for (String command :
        List.of(
            "run",
            "schema",
            "prepare",
            "verify",
            "train",
            "evaluate",
            "predict",
            "export",
            "search",
            "runs")) {
      assertTrue(
          help.out().lines().anyMatch(line -> line.matches("  " + command + "\\s+\\S.*")),
          () -> command + " in " + help.out());
      Call own = Call.of(command, "--help");
      assertEquals(0, own.status(), command);
      assertTrue(own.out().contains("Usage: almanac " + command), own.out());
    }
    assertEquals(0, Call.of("help", "train").status());
    assertTrue(Call.of("--version").out().startsWith("almanac "));
  }

  @Test
  void helpConfigShowsEveryKeyOrAPartOrWhatWasMeant() {
    Call all = Call.of("help", "config");
    assertEquals(0, all.status());
    assertTrue(all.out().startsWith("name\n"), all.out());
    assertTrue(
        all.out()
            .contains("\ntrain.batch-size\n    an integer from 1 to 16777216; default 1024\n"));
    Call part = Call.of("help", "config", "train.optimizer");
    assertEquals(0, part.status());
    assertTrue(part.out().startsWith("train.optimizer\n"), part.out());
    assertTrue(
        part.out()
            .lines()
            .allMatch(l -> l.isEmpty() || l.startsWith(" ") || l.startsWith("train.optimizer")));
    Call wrong = Call.of("help", "config", "train.optimzer");
    assertEquals(2, wrong.status());
    assertEquals(
        "Cannot show config key 'train.optimzer': a config has none of this path or name, did you mean 'train.optimizer'?\n",
        wrong.err());
    assertEquals(0, Call.of("help").status());
    assertTrue(Call.of("help", "runs", "list").out().contains("Usage: almanac runs list"));
    assertEquals(2, Call.of("help", "nothing").status());
  }

  @Test
  void aRequestThatCannotBeUnderstoodExitsWith2AndAHint() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    Call option = Call.of("train", config, "--datset", "x");
    assertEquals(2, option.status());
    assertEquals("", option.out());
    assertTrue(
        option.err().startsWith("Cannot understand the request: Unknown options: '--datset', 'x'"),
        option.err());
    assertTrue(option.err().contains("Usage: almanac train"), option.err());
    assertTrue(option.err().contains("Try 'almanac train --help'."), option.err());
    assertEquals(2, Call.of("trian", config).status());
    assertEquals(2, Call.of().status());
    assertEquals(2, Call.of("train").status());
    assertEquals(2, Call.of("runs").status());
  }

  @Test
  void everyProblemOfARequestIsReportedAtOnce() throws Exception {
    String config =
        SmallConfig.write(folder, SmallConfig.TEXT.replace("epochs: 3", "epochs: 0, epcohs: 3"));
    Call call = Call.of("prepare", config, "--runner", "flnik", "--", "--noSuchOption=1");
    assertEquals(2, call.status());
    assertEquals(
        """
        Cannot use runner 'flnik': runners are direct, spark, flink, dataflow (did you mean 'flink'?)
        Cannot use the Beam options after `--` (--noSuchOption=1): Class interface org.apache.beam.sdk.options.PipelineOptions missing a property named 'noSuchOption'.
        Cannot use config %1$s: 2 problems
          %1$s:11: train.epochs: must be an integer from 1 to 1000000 (0)
          %1$s:11: train.epcohs: unknown key, did you mean 'epochs'? (known keys: accumulate, batch-size, checkpoint, device, environment, epochs, loss, mixed-row-groups, model, optimizer, patience, precision, repeats, runs, seed, task, threads)
        """
            .formatted(config),
        call.err());
    assertEquals(List.of(), SmallConfig.datasets(folder));
  }

  @Test
  void aRunnerThatIsNotOnTheClassPathIsARequestThatWasWrong() throws Exception {
    Call call =
        Call.of("prepare", SmallConfig.write(folder, SmallConfig.TEXT), "--runner", "spark");
    assertEquals(2, call.status());
    assertEquals(
        "Cannot use runner 'spark': it is not on the class path; the launcher puts it there: ./almanac ... --runner spark\n",
        call.err());
  }

  @Test
  void whatFollowsTheDashesGoesToBeamUnchanged() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    Call call = Call.of("prepare", config, "--", "--jobName=my-job", "--targetParallelism=3");
    assertEquals(0, call.status(), call.err());
    Call twice = Call.of("prepare", config, "--", "--runner=DirectRunner");
    assertEquals(2, twice.status());
    assertEquals(
        "Cannot use Beam option '--runner=DirectRunner': choose the runner by --runner before the `--`\n",
        twice.err());
  }

  @Test
  void workThatFailsExitsWith1AndItsMessageAlone() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    Path source = Files.writeString(folder.resolve("source/small.csv"), "day,a\n2012-06-01\n");
    String message =
        "Cannot infer the schema: none of the 1 row can be read; the first is %s, line 2 (byte 6): ragged-row: 1 cell, the header has 2"
            .formatted(source);
    Call call = Call.of("prepare", config, "--quiet");
    assertEquals(1, call.status());
    assertEquals(message + "\n", call.err());
    assertEquals("", call.out());
    Call json = Call.of("prepare", config, "--json");
    assertEquals(message, json.json().get("error").textValue());
    assertEquals(1, json.json().get("exit-status").intValue());
    Call debug = Call.of("prepare", config, "--debug");
    assertTrue(debug.err().contains("\tat dev.almanac"), debug.err());
  }

  @Test
  void anUnforeseenErrorSaysSoAndHowToSeeMore() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    Call call = Call.of("prepare", config, "--set", "source.files=[\"odd://x/*.csv\"]");
    assertEquals(1, call.status());
    assertEquals(
        "Cannot finish `prepare`: unexpected IllegalStateException: odd; --debug shows where\n",
        call.err());
  }

  @Test
  void runDoesEverythingAndPrintsOneObject() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    Call call = Call.of("run", config, "--json");
    assertEquals(0, call.status(), call.err());
    JsonNode json = call.json();
    assertEquals(SmallConfig.datasets(folder).get(0), json.get("dataset").textValue());
    assertTrue(json.at("/metrics/test/mae").doubleValue() < 5, call.out());
    assertTrue(json.at("/metrics/validation/mae").isNumber());
    String run = json.get("run").textValue();
    assertTrue(Files.exists(Path.of(run, "run.json")));
    assertTrue(run.endsWith(json.get("run-id").textValue()));
    assertEquals(run + "/report.html", json.get("report").textValue());
    assertTrue(call.err().contains("epoch 3"), call.err());
  }

  @Test
  void stagesOneByOneEndWhereRunEnds() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    assertEquals(0, Call.of("schema", config, "--output", folder + "/s.json").status());
    Call again = Call.of("schema", config, "--output", folder + "/s.json");
    assertEquals(2, again.status());
    assertTrue(again.err().startsWith("Cannot write schema "), again.err());

    Call early = Call.of("train", config);
    assertEquals(1, early.status());
    assertEquals(
        "Cannot find a dataset in %s/out/small that was prepared with this config (0 prepared with others): run `almanac prepare %s`, or name one by --dataset\n"
            .formatted(folder, config),
        early.err());

    JsonNode prepared = Call.of("prepare", config, "--json").json();
    JsonNode trained = Call.of("train", config, "--json").json();
    assertEquals(prepared.get("dataset"), trained.get("dataset"));
    assertFalse(trained.get("metrics").has("test"));
    JsonNode evaluated = Call.of("evaluate", config, "--json").json();
    assertEquals(trained.get("run-id"), evaluated.get("run-id"));
    assertEquals(trained.at("/metrics/validation"), evaluated.at("/metrics/validation"));
    assertTrue(evaluated.at("/metrics/test/mae").isNumber());
    assertTrue(evaluated.at("/baselines/test").size() >= 2, evaluated.toString());

    String id = trained.get("run-id").textValue();
    Call predicted =
        Call.of(
            "predict",
            config,
            "--run",
            id,
            "--input",
            folder + "/source/*.csv",
            "--output",
            folder + "/p",
            "--json");
    assertEquals(id, predicted.json().get("run-id").textValue());
    Call list = Call.of("runs", "list", config);
    assertTrue(list.out().contains(id) && list.out().contains("finished"), list.out());
    Call show = Call.of("runs", "show", config, id.substring(0, 20), "--json");
    assertEquals(id, show.json().at("/record/run-id").textValue());
    assertTrue(Call.of("runs", "show", config).out().contains("best"));
  }

  @Test
  void aRunIsExportedIntoItsFolderOrAFileThatIsNamed() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    Call none = Call.of("export", config);
    assertEquals(1, none.status());
    assertTrue(none.err().startsWith("Cannot find a run of 'small'"), none.err());
    Call other = Call.of("export", config, "--format", "pmml");
    assertEquals(2, other.status());
    assertTrue(other.err().contains("Cannot export: --format must be onnx (pmml)"), other.err());

    assertEquals(0, Call.of("prepare", config).status());
    JsonNode trained = Call.of("train", config, "--json").json();
    String id = trained.get("run-id").textValue();
    JsonNode json = Call.of("export", config, "--json").json();
    assertEquals(id, json.get("run-id").textValue());
    assertEquals(trained.get("run").textValue() + "/model.onnx", json.get("file").textValue());
    assertEquals(17, json.get("opset").intValue());
    assertEquals(List.of("a", "b", "color"), json.get("inputs").findValuesAsText("name"));
    assertEquals(
        List.of("double", "double", "string"), json.get("inputs").findValuesAsText("type"));
    assertEquals(List.of("prediction"), json.get("outputs").findValuesAsText("name"));

    String file = folder.resolve("deep/er.onnx").toString();
    Call named = Call.of("export", config, id, "--output", file);
    assertEquals(0, named.status(), named.err());
    assertTrue(named.out().startsWith("Model: " + file), named.out());
    assertArrayEquals(
        Files.readAllBytes(Path.of(json.get("file").textValue())),
        Files.readAllBytes(Path.of(file)));
  }

  @Test
  void anEvaluationMeasuresTheImportanceOfColumnsUnlessToldNotTo() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    Call without = Call.of("run", config, "--json", "--no-importance");
    assertEquals(0, without.status(), without.err());
    Run run = Run.open(without.json().get("run").textValue());
    assertTrue(Importance.read(run).isEmpty());
    assertEquals(0, Call.of("evaluate", config).status());
    Importance found = Importance.read(run).orElseThrow();
    assertEquals(
        List.of("a", "b", "color"), found.columns().stream().map(Importance.Source::name).toList());
    assertEquals(500, found.rows());
    assertEquals("test", found.split());
  }

  @Test
  void repeatsAreRunsOfOneGroupAndTheBestOnValidationIsUsed() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    String[] thrice = {"run", config, "--json", "--set", "train.repeats=3"};
    JsonNode json = Call.of(thrice).json();
    assertEquals(3, json.get("runs").size());
    JsonNode mae = json.at("/repeats/metrics.test.mae");
    double sum = 0;
    for (JsonNode value : mae.get("values")) {
      sum += value.doubleValue();
    }
    assertEquals(sum / 3, mae.get("mean").doubleValue(), 1e-12);
    assertTrue(mae.get("sd").doubleValue() > 0, json.toString());

    double lowest = Double.MAX_VALUE;
    String best = null;
    for (JsonNode id : json.get("runs")) {
      JsonNode record =
          Call.of("runs", "show", config, id.textValue(), "--json").json().get("record");
      double loss = record.at("/outcome/result/validation-loss").doubleValue();
      if (loss < lowest) {
        lowest = loss;
        best = id.textValue();
      }
      assertEquals(json.get("group"), record.at("/series/group/id"));
    }
    assertEquals(best, json.get("run-id").textValue());
    assertEquals(
        json.at("/metrics/test/mae"), record(config, best).at("/outcome/metrics/test/mae"));

    JsonNode evaluated = Call.of("evaluate", config, "--json").json();
    assertEquals(json.get("repeats"), evaluated.get("repeats"));
    JsonNode one = Call.of("evaluate", config, "--run", best, "--json").json();
    assertFalse(one.has("repeats"));
    String[] predict = {
      "predict", config, "--input", folder + "/source/*.csv", "--output", folder + "/p", "--json"
    };
    assertEquals(best, Call.of(predict).json().get("run-id").textValue());
    String list = Call.of("runs", "list", config).out();
    assertTrue(list.contains(" 3/3 "), list);
    JsonNode listed = Call.of("runs", "list", config, "--json").json().at("/runs/0");
    assertEquals(json.get("group"), listed.get("repeats"));
  }

  private JsonNode record(String config, String run) throws Exception {
    return Call.of("runs", "show", config, run, "--json").json().get("record");
  }

  @Test
  void aDatasetPreparedWithAnotherConfigIsNotTrainedOnUnlessNamed() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    assertEquals(0, Call.of("prepare", config).status());
    String[] changed = {"train", config, "--set", "columns.keep=[day]"};
    Call call = Call.of(changed);
    assertEquals(1, call.status());
    assertTrue(call.err().contains("(1 prepared with others)"), call.err());
    assertEquals(
        0,
        Call.of("train", config, "--set", "columns.keep=[day]", "--dataset", folder + "/out/small")
            .status());
  }

  @Test
  void progressAndResultsNeverMix() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    Call quiet = Call.of("run", config, "--quiet");
    assertEquals("", quiet.err());
    assertTrue(quiet.out().contains("baseline"), quiet.out());
    assertTrue(quiet.out().contains("Report:"), quiet.out());
  }
}
