package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.manifest.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Columns chosen by patterns, some empty in train, all the way: prepared, trained on, predicted.
 */
class WideColumnsRunTest {
  @TempDir Path folder;

  @Test
  void patternsChooseColumnsAndWhatIsEmptyInTrainIsNamedAndLeftOut() throws IOException {
    source();
    Path config = config("[\"T*\", \"W*\", DAPR]");
    Call prepared = run("prepare", config, "--json");
    assertEquals(0, prepared.status(), prepared.err());
    JsonNode result = Json.tree(prepared.out(), "prepare");
    List<LeftOut> leftOut =
        List.of(new LeftOut("WSFM", LeftOut.EMPTY), new LeftOut("DAPR", LeftOut.EMPTY));
    assertEquals(Json.mapper().valueToTree(leftOut), result.get("left-out"));
    DatasetColumns columns = Dataset.open(result.get("dataset").textValue()).manifest().columns();
    assertEquals(leftOut, columns.leftOut());
    assertEquals(List.of("TMIN", "TMIN.missing", "WT01", "WT02"), columns.numeric());
    String said = run("prepare", config).out();
    assertTrue(said.contains("Left out, no value in train: WSFM, DAPR\n"), said);
    run("train", config);
    Call predicted =
        run(
            "predict",
            config,
            "--json",
            "--input",
            folder + "/data.csv",
            "--output",
            folder + "/p");
    assertEquals(0, predicted.status(), predicted.err());
    assertEquals(900, Json.tree(predicted.out(), "predict").get("rows").intValue());
  }

  @Test
  void aPatternThatMatchesNothingIsARequestThatWasWrong() throws IOException {
    source();
    Call prepared = run("prepare", config("[TMIN, \"X*\"]"));
    assertEquals(2, prepared.status());
    assertTrue(
        prepared.err().contains("columns.numeric[1]: no column of numbers matches 'X*'"),
        prepared.err());
    run("schema", config("[TMIN]", "schema: s.json"));
    Call checked = run("prepare", config("[TMIN, \"X*\"]", "schema: s.json"));
    assertEquals(2, checked.status());
    assertTrue(
        checked.err().contains("config.yaml:4: columns.numeric[1]: no column of numbers matches"),
        checked.err());
  }

  /** WSFM and DAPR hold a value, or an unflagged one, only after train. */
  private void source() throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of("DATE,TMAX,TMIN,TMIN_FLAGS,WT01,WT01_FLAGS,WSFM,DAPR,DAPR_FLAGS,WT02"));
    LocalDate day = LocalDate.of(2020, 1, 1);
    for (int i = 0; i < 900; i++) {
      lines.add(
          String.join(
              ",",
              day.plusDays(i).toString(),
              Integer.toString(i % 40),
              i % 9 == 0 ? "" : Integer.toString(i % 31),
              flags(i % 50 == 0),
              i % 3 == 0 ? "1" : "",
              flags(false),
              i > 800 ? "5" : "",
              Integer.toString(i),
              flags(i < 700),
              i % 5 == 0 ? "1" : ""));
    }
    Files.write(folder.resolve("data.csv"), lines);
  }

  private static String flags(boolean failed) {
    return failed ? "\",X\"" : "\",,S\"";
  }

  private Path config(String numeric, String... more) throws IOException {
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        name: wide
        source: {files: [data.csv]}
        %s
        columns: {label: TMAX, numeric: %s, keep: ["DA?E"]}
        features:
          - null-if-flagged: {columns: ["*"], flags: "{}_FLAGS", part: 2}
          - is-present: {columns: ["WT??"]}
        split:
          column: DATE
          train: {until: 2021-09-01}
          validation: {from: 2021-09-01, until: 2022-01-01}
          test: {from: 2022-01-01}
        fit:
          numeric: [impute-mean: {indicator: true}, standardize, clip: {sd: 6}]
          columns: {"WT*": [none]}
        output: {dataset: datasets, row-group-rows: 100, files: 1}
        train: {model: {hidden: [8]}, batch-size: 64, epochs: 1, device: cpu, threads: 1}
        """
            .formatted(String.join("\n", more), numeric));
    return config;
  }

  private static Call run(String command, Path config, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, config.toString()));
    arguments.addAll(List.of(options));
    return Call.of(arguments.toArray(String[]::new));
  }
}
