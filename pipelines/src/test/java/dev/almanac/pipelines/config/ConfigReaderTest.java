package dev.almanac.pipelines.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.almanac.pipelines.config.yaml.ConfigException;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.config.yaml.Paths;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.objective.Task;
import dev.almanac.training.optimize.Cosine;
import dev.almanac.training.optimize.OneCycle;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Given;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ImputeConstant;
import dev.almanac.transforms.encode.ImputeMean;
import dev.almanac.transforms.encode.ImputeMedian;
import dev.almanac.transforms.encode.Index;
import dev.almanac.transforms.encode.MinMax;
import dev.almanac.transforms.encode.QuantileBins;
import dev.almanac.transforms.encode.RobustScale;
import dev.almanac.transforms.encode.Standardize;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.SchemaFile;
import dev.almanac.transforms.staging.RejectPolicy;
import dev.almanac.transforms.staging.RowOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  private static final Set<Part> ALL = EnumSet.allOf(Part.class);

  /** The config of the architecture's description. */
  private static final String EXAMPLE =
      """
      name: ghcn-tmax
      source:
        files: ["data/ghcn-daily/*.csv.gz"]     # globs: local, s3://, gs://, hdfs://
        nulls: ["", "NA"]                       # trimmed cells that mean missing
      schema: ghcn.schema.json                  # optional; written by `almanac schema`, enforced when it exists
      columns: {label: TMAX, numeric: [PRCP, SNOW, SNWD, TMIN, LATITUDE, LONGITUDE, ELEVATION], nominal: [STATION], keep: [STATION, DATE]}
      features:                                 # row-wise, in this order
        - null-if-flagged: {column: TMAX, flags: TMAX_ATTRIBUTES, part: 2}    # 2nd comma-separated part not blank -> missing
        - date-parts: {column: DATE, parts: [day-of-year-sin, day-of-year-cos]}
      split:                                    # half-open [from, until); either end may be left out
        column: DATE
        train: {from: 1985-01-01, until: 2013-01-01}
        validation: {from: 2013-01-01, until: 2015-01-01}
        test: {from: 2015-01-01}
      fit: {numeric: [impute-mean, standardize], nominal: [index]}            # defaults; per-column overrides allowed
      output: {dataset: out/ghcn, row-group-rows: 131072, files: 4, codec: uncompressed}                    # order: shuffled (default) | source
      train: {task: regression, model: {family: mlp, hidden: [256, 128, 64], embedding: 8, dropout: 0.0}, batch-size: 1024, epochs: 20,
              optimizer: {name: adamw, learning-rate: 0.001}, patience: 3, seed: 42, device: auto}
      search: {sampler: random, trials: 20, parallel: 2, metric: validation.mae, goal: minimize,
               space: {train.optimizer.learning-rate: {log-uniform: [1.0e-4, 1.0e-2]}, train.model.hidden: {choice: [[64, 64], [256, 128, 64]]}}}
      """;

  @TempDir Path folder;

  @Test
  void theArchitecturesExampleReads() throws Exception {
    AlmanacConfig config = read(EXAMPLE);
    assertEquals("ghcn-tmax", config.name());
    assertEquals(List.of(folder + "/data/ghcn-daily/*.csv.gz"), config.source().files());
    assertEquals(folder + "/ghcn.schema.json", config.schema());
    assertEquals(List.of("", "NA"), config.source().format().nulls());
    assertEquals("TMAX", config.columns().label());
    assertEquals(2, config.features().size());
    assertEquals(LocalDate.of(2013, 1, 1), config.split().validation().from());
    assertNull(config.split().test().until());
    assertEquals(FitSteps.DEFAULT, config.fit());
    assertEquals(131_072, config.output().layout().rowGroupRows());
    assertEquals(ParquetCodec.UNCOMPRESSED, config.output().layout().codec());
    assertEquals(RowOrder.SHUFFLED, config.output().layout().order());
    assertEquals(Task.REGRESSION, config.task());
    assertEquals(
        "{\"hidden\":[256,128,64],\"embedding\":8,\"dropout\":0.0,\"activation\":\"relu\",\"norm\":\"none\",\"members\":1,\"numeric-embedding\":\"none\",\"bins\":16,\"frequencies\":16,\"frequency-scale\":0.1,\"numeric-width\":8}",
        Json.line(config.train().model().chosen()));
    assertEquals("mlp", config.canonical().at("/train/model/family").textValue());
    assertEquals(Goal.MINIMIZE, config.search().goal());
    assertEquals(2, config.search().space().parameters().size());
    assertEquals(folder + "/runs", config.runs());
    assertEquals(folder + "/studies", config.studies());
    assertEquals(RejectPolicy.none(), config.rejects());
  }

  @Test
  void studiesLieBesideTheRunsWhereverThoseAre() throws Exception {
    Map<String, String> studies = new LinkedHashMap<>();
    studies.put("runs", folder + "/studies");
    studies.put("runs/", folder + "/studies");
    studies.put("deep/er/runs", folder + "/deep/er/studies");
    studies.put(".", folder + "/studies");
    studies.put("/disk/runs/", "/disk/studies");
    studies.put("s3://bucket/some/runs/", "s3://bucket/some/studies");
    studies.put("s3://bucket", "s3://bucket/studies");
    studies.put("s3://bucket/", "s3://bucket/studies");
    for (Map.Entry<String, String> entry : studies.entrySet()) {
      AlmanacConfig config =
          read(EXAMPLE, EnumSet.allOf(Part.class), "train.runs=" + entry.getKey());
      assertEquals(entry.getValue(), config.studies(), entry.getKey());
    }
  }

  @Test
  void everyFitStepIsSetFromTheConfigWithItsOptions() throws Exception {
    FitSteps fit =
        read(EXAMPLE.replaceFirst(
                "fit: .*",
                """
                    fit:
                      numeric: [impute-mean, standardize: {ddof: 1}]
                      nominal: [index: {min-count: 5}]
                      columns:
                        PRCP: [impute-constant: {value: 0, indicator: true}, min-max]
                        TMIN: [impute-median, robust-scale]
                        SNOW: [impute-median, robust-scale: {quantile-range: [5, 95]}]
                        STATION: [quantile-bins: {bins: 10}]
                    """))
            .fit();
    assertEquals(
        new FitSteps(
            List.of(new ImputeMean(false), new Standardize(1)),
            List.of(new Index(5L, null)),
            Map.of(
                "PRCP", List.of(new ImputeConstant(0, true), new MinMax()),
                "TMIN", List.of(new ImputeMedian(false), new RobustScale()),
                "SNOW", List.of(new ImputeMedian(false), new RobustScale(List.of(5.0, 95.0))),
                "STATION", List.of(new QuantileBins(10)))),
        fit);
    assertEquals(
        new Standardize(0),
        read(EXAMPLE, ALL, "fit.numeric=[impute-mean, standardize: {ddof: 0}]")
            .fit()
            .numeric()
            .get(1));
    assertEquals(
        List.of(
            "test.yaml:15: fit.numeric[0].standardize: ddof must be 0 or 1 (2)",
            "test.yaml:15: fit.columns.PRCP[0].quantile-bins: bins must be from 2 to 65536 (1)"),
        problems(
            EXAMPLE.replaceFirst(
                "fit: .*",
                "fit: {numeric: [standardize: {ddof: 2}], columns: {PRCP: [quantile-bins: {bins: 1}]}}"),
            ALL));
  }

  @Test
  void everyConfigOfTheRepositoryReads() throws Exception {
    Path root = Path.of(System.getProperty("almanac.project.root", ".."));
    try (Stream<Path> files = Files.list(root.resolve("testdata"))) {
      List<Path> configs = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertTrue(configs.size() >= 4, configs::toString);
      for (Path config : configs) {
        ConfigReader.read(
            config.toString(),
            List.of(),
            EnumSet.of(Part.SOURCE, Part.COLUMNS, Part.SPLIT, Part.OUTPUT, Part.TRAIN));
      }
    }
  }

  @Test
  void pathsAreThoseOfTheConfigsFolder() throws Exception {
    Paths paths = Paths.of(folder.resolve("a/b/test.yaml").toString());
    assertEquals(folder + "/a/b/x/*.csv", paths.resolve("x/*.csv"));
    assertEquals(folder + "/a/x/**", paths.resolve("../x/**"));
    assertEquals(folder + "/x", paths.resolve(".././../x"));
    assertEquals("/x", paths.resolve("/x"));
    assertEquals("s3://bucket/x", paths.resolve("s3://bucket/x"));
    assertEquals("s3://bucket/configs/x", Paths.of("s3://bucket/configs/c.yaml").resolve("x"));
    assertEquals("s3://bucket/x", Paths.of("s3://bucket/configs/c.yaml").resolve("../x"));
  }

  @Test
  void whatIsLeftOutHasTheDefaultsOfTheExample() throws Exception {
    TrainConfig whole = read(EXAMPLE).train();
    TrainConfig least =
        read(EXAMPLE.replaceAll(
                "(?s)train: \\{task.*?device: auto}", "train: {model: {family: mlp}}"))
            .train();
    assertEquals(whole, least);
    assertEquals(new OneCycle(), least.optimizer().schedule());
    assertEquals(8, least.batches().mixedRowGroups());
    assertEquals(0, least.machine().threads());
  }

  @Test
  void withoutAModelTheDatasetSettlesWhatIsNotWritten() throws Exception {
    String least = EXAMPLE.replaceAll("(?s)train: \\{task.*?device: auto}", "train: {epochs: 7}");
    AlmanacConfig config = read(least);
    assertTrue(config.plan().isOpen());
    JsonNode canonical = config.canonical().get("train");
    assertEquals("{\"family\":\"auto\"}", canonical.get("model").toString());
    assertEquals(7, canonical.get("epochs").intValue());
    assertFalse(canonical.has("batch-size"));
    AlmanacConfig set = read(least, ALL, "train.model.hidden=[5]");
    assertTrue(set.plan().isOpen(), "what is set beside does not make it another family's");
    assertFalse(read(least, ALL, "train.model.family=mlp").plan().isOpen());
  }

  @Test
  void aSpaceThatIsAutoIsOneThatTheConfigTakesAndLeavesOutWhatIsWritten() throws Exception {
    for (String task : List.of("regression", "binary", "multiclass")) {
      String text =
          EXAMPLE
              .replaceAll(
                  "(?s)train: \\{task.*?device: auto}",
                  "train: {task: %s, model: {family: auto, dropout: 0.2}}".formatted(task))
              .replaceAll("(?s)search: .*", "search: {space: auto}\n");
      AlmanacConfig config = read(text);
      assertTrue(config.searchSpace().has("train.optimizer.learning-rate"));
      assertTrue(config.searchSpace().has("train.model.members"));
      assertFalse(config.searchSpace().has("train.model.dropout"));
      assertEquals(config.searchSpace().size(), config.search().space().parameters().size());
      // As a trial reads it, whose values are set.
      read(text, ALL, "train.model.hidden=[64, 64]", "train.epochs=8", "train.model.family=auto");
    }
  }

  @Test
  void everyProblemIsReportedAtOnceWithItsLine() throws Exception {
    assertProblems(
        """
        nmae: x
        source:
          files: data.csv
          delimeter: ";"
          quote: "''"
          nulls: ["", NA, NA]
        columns:
          label: TMAX
          numeric: [TMAX, PRCP, {a: 1}]
          nominal: [PRCP]
        features:
          - dateparts: {column: DATE}
        split:
          column: DATE
          train: {until: 2013-13-01}
          test: {from: 2015-01-01, to: 2016-01-01}
        output:
          row-group-rows: 0
          files: many
          codec: lzo
          order: shuffeld
        rejects: {max-share: 2}
        train:
          task: regresion
          batch-size: 1.5
          patience: -1
          device: tpu
          precision: float16
          model: {family: mlp, hidden: [0], droput: 0.1}
          optimizer: {learning-rate: 0, schedule: onecycle}
        search: 5
        """,
        "test.yaml:1: nmae: unknown key, did you mean 'name'? (known keys: columns, features, fit, name, output, predict, rejects, schema, search, source, split, track, train)",
        "test.yaml:3: source.files: must be a list of texts (\"data.csv\")",
        "test.yaml:4: source.delimeter: unknown key, did you mean 'delimiter'? (known keys: comment, decimal, delimiter, duplicates, encoding, escape, files, header, max-row-bytes, null-values, nulls, quote, skip-rows, thousands, trim, units-row)",
        "test.yaml:5: source.quote: must be one character, or the word none ('''')",
        "test.yaml:6: source.nulls[2]: stands twice in the list ('NA')",
        "test.yaml:9: columns.numeric[2]: must be text ({\"a\":1})",
        "test.yaml:9: columns.numeric[0]: must not be the label: a model would be given what it is to predict ('TMAX')",
        "test.yaml:10: columns.nominal[0]: must not be numeric too ('PRCP')",
        "test.yaml:12: features[0]: unknown name 'dateparts' (known names: [cast, clip, date-parts, difference, equals, hash-bucket, is-null, is-present, log1p, null-if-flagged, ratio])",
        "test.yaml:13: split.validation: is missing: its days, such as {from: 2013-01-01, until: 2015-01-01}",
        "test.yaml:15: split.train.until: must be a date such as 2013-01-01 (2013-13-01)",
        "test.yaml:16: split.test.to: unknown key (known keys: from, until)",
        "test.yaml:17: output.dataset: is missing: the folder for datasets, such as out/my-dataset",
        "test.yaml:18: output.row-group-rows: must be an integer from 1 to 16777216 (0)",
        "test.yaml:19: output.files: must be an integer from 1 to 100000 (\"many\")",
        "test.yaml:20: output.codec: must be one of uncompressed, lz4_raw, snappy, zstd, gzip (lzo)",
        "test.yaml:21: output.order: must be one of shuffled, source (shuffeld, did you mean 'shuffled'?)",
        "test.yaml:22: rejects.max-share: must be a number from 0 to 1 (2)",
        "test.yaml:24: train.task: must be one of regression, binary, multiclass (regresion, did you mean 'regression'?)",
        "test.yaml:25: train.batch-size: must be an integer from 1 to 16777216 (1.5)",
        "test.yaml:26: train.patience: must be an integer from 0 to 1000000 (-1)",
        "test.yaml:27: train.device: must be one of auto, cpu, gpu (tpu, did you mean 'cpu'?)",
        "test.yaml:28: train.precision: must be one of float32, bfloat16 (float16, did you mean 'bfloat16'?)",
        "test.yaml:29: train.model.hidden: must be a list of 1 to 32 integers from 1 to 16384 ([0])",
        "test.yaml:29: train.model.droput: unknown key, did you mean 'dropout'? (known keys of mlp: activation, bins, dropout, embedding, family, frequencies, frequency-scale, hidden, members, norm, numeric-embedding, numeric-width)",
        "test.yaml:30: train.optimizer.learning-rate: must be a number above 0 that float32 holds, 1.2e-38 to 3.4e38 (0)",
        "test.yaml:30: train.optimizer.schedule: must be one of constant, cosine, one-cycle, plateau (onecycle, did you mean 'one-cycle'?)",
        "test.yaml:31: search: must be a section (5)");
  }

  @Test
  void aMissingSectionIsAProblemOfTheCommandThatNeedsItAlone() throws Exception {
    String text = "source: {files: [a.csv]}\n";
    AlmanacConfig config = read(text, Set.of(Part.SOURCE));
    assertNull(config.columns());
    assertNull(config.train());
    assertEquals("test", config.name());
    assertEquals(
        List.of(
            "test.yaml:1: columns: is missing: this command needs the section",
            "test.yaml:1: split: is missing: this command needs the section",
            "test.yaml:1: output: is missing: this command needs the section",
            "test.yaml:1: train: is missing: this command needs the section",
            "test.yaml:1: search: is missing: this command needs the section"),
        problems(text, ALL));
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> ConfigReader.read(folder.resolve("none.yaml").toString(), List.of(), ALL));
    assertEquals(
        "Cannot use config %1$s: 1 problem\n  %1$s: there is no such file"
            .formatted(folder.resolve("none.yaml")),
        e.getMessage());
  }

  @Test
  void whatIsNotYamlIsSaidSoWithItsLine() throws Exception {
    assertProblems(
        "name: x\nsource: {files: [a.csv]\ntrain: {}\n",
        "test.yaml:3: is not YAML: while parsing a flow mapping, expected ',' or '}', but got <scalar>");
    assertProblems("- a\n", "test.yaml:1: must be sections, such as `name: my-config`");
  }

  @Test
  void aKeyThatStandsTwiceATagAndACircleAreProblems() throws Exception {
    assertProblems(
        """
        name: x
        source:
          files: [a.csv]
          files: [b.csv]
        columns: !!java.lang.ProcessBuilder [["true"]]
        fit: &loop {columns: *loop}
        """,
        "test.yaml:4: source.files: stands twice in its section (first on line 3)",
        "test.yaml:5: columns: tags have no meaning here (tag:yaml.org,2002:java.lang.ProcessBuilder)",
        "test.yaml:6: fit: must not contain itself (an alias of its own anchor)");
  }

  @Test
  void nothingInAConfigStandsForSomethingElse() throws Exception {
    AlmanacConfig config =
        read(
            "source: {files: ['~/a.csv', '${HOME}/b.csv', 's3://bucket/*.csv', '/c.csv']}\nname: $USER\n",
            Set.of(Part.SOURCE));
    assertEquals(
        List.of(folder + "/~/a.csv", folder + "/${HOME}/b.csv", "s3://bucket/*.csv", "/c.csv"),
        config.source().files());
    assertEquals("$USER", config.name());
  }

  @Test
  void rangesThatOverlapOrAreOutOfOrderAreProblems() throws Exception {
    String text =
        EXAMPLE.replace(
            "{from: 2013-01-01, until: 2015-01-01}", "{from: 2012-01-01, until: 2011-01-01}");
    assertProblems(
        text,
        "test.yaml:13: split.validation: until must be after from, or no day is inside ([2012-01-01, 2011-01-01))",
        "test.yaml:13: split.validation: must begin where split.train ends, or later: the ranges overlap or are out of order ([1985-01-01, 2013-01-01), then [2012-01-01, 2011-01-01))");
  }

  /** What no trial varies has the config's value, its default too; what nobody has is a mistake. */
  @Test
  void rulesOfASearchMayNameWhatItDoesNotVary() throws Exception {
    String search =
        """
        search:
          space: {train.batch-size: {power-of-two: [64, 1024]}}
          rules: ["train.batch-size * train.accumulate <= %s"]
        """;
    String allowed = EXAMPLE.replaceAll("(?s)search: .*", search.formatted(256));
    SearchSpace space = ConfigReader.parse("test.yaml", allowed, ALL).search().space();
    assertTrue(space.allows(Map.of("train.batch-size", IntNode.valueOf(256))));
    assertFalse(space.allows(Map.of("train.batch-size", IntNode.valueOf(512))));
    assertEquals(
        List.of(
            "test.yaml:20: search.space: Cannot search: rules leave next to nothing of the space (none of 10000 random draws; the first broken of each: {train.batch-size * train.accumulate <= 32=10000})"),
        problems(EXAMPLE.replaceAll("(?s)search: .*", search.formatted(32)), ALL));
    assertEquals(
        List.of(
            "test.yaml:20: search.space: Cannot keep to rule 'train.batch-sise < 5': neither the space nor the config has 'train.batch-sise'"),
        problems(
            EXAMPLE.replaceAll(
                "(?s)search: .*",
                """
                search:
                  space: {train.batch-size: {power-of-two: [64, 1024]}}
                  rules: ["train.batch-sise < 5"]
                """),
            ALL));
  }

  @Test
  void aSearchThatLearnsBeginsWithTheConfigsOwnValuesUnlessItIsGivenPoints() throws Exception {
    String search =
        """
        search:
          sampler: %s
          space: {train.batch-size: {power-of-two: [64, 4096]}, train.patience: {int: [1, 9]}}
        """;
    assertEquals(List.of(), points(search.formatted("random")));
    List<Given> own = points(search.formatted("tpe"));
    AlmanacConfig config = ConfigReader.parse("test.yaml", EXAMPLE, ALL);
    assertEquals(List.of("default"), own.stream().map(Given::origin).toList());
    assertEquals(
        config.train().batches().size(),
        own.get(0).assignment().get("train.batch-size").intValue());
    List<Given> given =
        points(
            search.formatted("random")
                + "  points: [{train.batch-size: 128, train.patience: 2}, default]\n");
    assertEquals(List.of("given", "default"), given.stream().map(Given::origin).toList());
    assertEquals(
        "{\"train.batch-size\":128,\"train.patience\":2}", Json.line(given.get(0).assignment()));
    assertEquals(
        List.of(
            "test.yaml:22: search.points: Cannot try a point: 'train.batch-size' never takes 100"),
        problems(
            EXAMPLE.replaceAll(
                "(?s)search: .*",
                search.formatted("tpe") + "  points: [{train.batch-size: 100}]\n"),
            ALL));
  }

  private static List<Given> points(String search) throws Exception {
    return ConfigReader.parse("test.yaml", EXAMPLE.replaceAll("(?s)search: .*", search), ALL)
        .searchPoints();
  }

  @Test
  void aSearchIsCheckedByReadingTheConfigWithItsValues() throws Exception {
    String text =
        EXAMPLE.replaceAll(
            "(?s)search: .*",
            """
            search:
              sampler: grid
              metric: test.mae
              goal: maximize
              space:
                train.optimizer.learning-rate: {log-uniform: [1.0e-4, 1.0e-2]}
                train.optimiser.name: {choice: [sgd, adam]}
                train.batch-size: {choice: [0, 512]}
                train.model.family: {choice: [mlp, linear]}
                train.model.dropout: {float: [0.0, 1.0], steps: 3, when: {train.model.family: mlp}}
                output.dataset: {choice: [a, b]}
                features[1].date-parts.parts: {choice: [[month], [fortnight]]}
            """);
    List<String> found = problems(text, ALL);
    assertEquals(
        "test.yaml:21: search.metric: must not look at the test split, which is read once, for the winner (test.mae; one of validation.mae, validation.rmse, validation.r2)",
        found.get(0));
    assertEquals(
        "test.yaml:23: search.space: Cannot search 'train.optimizer.learning-rate' on a grid: Cannot walk a range: a grid needs `steps`, how many of its values to try (not given)",
        found.get(1));
    assertEquals(
        "test.yaml:25: search.space.train.optimiser.name: the config does not take \"sgd\": train.optimiser: unknown key, did you mean 'optimizer'? (known keys: accumulate, batch-size, checkpoint, device, environment, epochs, loss, mixed-row-groups, model, optimizer, patience, precision, repeats, runs, seed, task, threads)",
        found.get(2));
    assertEquals(
        "test.yaml:26: search.space.train.batch-size: the config does not take 0: train.batch-size: must be an integer from 1 to 16777216 (0)",
        found.get(3));
    assertTrue(
        found
            .get(4)
            .startsWith(
                "test.yaml:27: search.space.train.model.family: the config does not take \"linear\": train.model.hidden: unknown key (known keys of linear: family)"),
        found.get(4));
    assertEquals(
        "test.yaml:28: search.space.train.model.dropout: the config does not take 1.0: train.model.dropout: must be a number from 0 to below 1 (1.0)",
        found.get(5));
    assertEquals(
        "test.yaml:29: search.space.output.dataset: is not something to search", found.get(6));
    assertTrue(
        found
            .get(7)
            .startsWith(
                "test.yaml:30: search.space.features[1].date-parts.parts: the config does not take [\"fortnight\"]"),
        found.get(7));
    assertEquals(8, found.size());
  }

  @Test
  void theGoalOfAMetricIsNotAMatterOfTaste() throws Exception {
    assertProblems(
        EXAMPLE.replace("metric: validation.mae", "metric: validation.r2"),
        "test.yaml:19: search.goal: must be maximize, which is better for validation.r2 (minimize)");
    assertProblems(
        EXAMPLE.replace("task: regression", "task: binary"),
        "test.yaml:19: search.metric: must be one of validation.accuracy, validation.auc, validation.log-loss for task binary (validation.mae)");
  }

  @Test
  void aSetValueTakesTheFilesPlace() throws Exception {
    AlmanacConfig config =
        read(
            EXAMPLE,
            ALL,
            "train.epochs=5",
            "train.model.hidden=[8, 4]",
            "source.files[0]=s3://bucket/a.csv",
            "features.1.date-parts.parts=[month]",
            "train.optimizer.schedule=cosine",
            "train.epochs=7");
    assertEquals(7, config.train().length().epochs());
    assertEquals("[8,4]", Json.line(config.train().model().chosen().get("hidden")));
    assertEquals(List.of("s3://bucket/a.csv"), config.source().files());
    assertEquals(new Cosine(0), config.train().optimizer().schedule());
    assertNull(
        read(EXAMPLE, EnumSet.complementOf(EnumSet.of(Part.SEARCH)), "search=null").search());
    assertTrue(Json.line(config.canonical().get("features")).contains("[\"month\"]"));
  }

  @Test
  void aSetPathThatNoConfigKnowsIsAnUnknownKey() throws Exception {
    assertEquals(
        List.of(
            "--set: train: must be path=value, such as train.epochs=5",
            "--set: features[9].x: the list has elements 0 to 1, no '9'",
            "--set: a..b: is not a path: keys joined by dots, elements of lists as [0]",
            "--set: train.seed: is not YAML: while parsing a flow sequence, expected ',' or ']', but got <stream end>",
            "--set: train.optimizer.nam: unknown key, did you mean 'name'? (known keys of adamw and one-cycle: average-decay, beta-1, beta-2, clip-norm, learning-rate, name, schedule, weight-decay)",
            "--set: train.epochs: must be an integer from 1 to 1000000 (0)",
            "--set: train.lerning-rate: unknown key (known keys: accumulate, batch-size, checkpoint, device, environment, epochs, loss, mixed-row-groups, model, optimizer, patience, precision, repeats, runs, seed, task, threads)"),
        problems(
            EXAMPLE,
            ALL,
            "train",
            "features[9].x=1",
            "a..b=1",
            "train.seed=[1",
            "train.lerning-rate=1",
            "train.optimizer.nam=sgd",
            "train.epochs=0"));
  }

  @Test
  void whatASchemaDoesNotSuitIsToldOnItsLine() throws Exception {
    Files.writeString(
        folder.resolve("ghcn.schema.json"),
        """
        {"format-version": 1, "columns": [
          {"name": "STATION", "type": "string", "nullable": false},
          {"name": "DATE", "type": "date", "date-form": "yyyy-MM-dd", "nullable": false},
          {"name": "LATITUDE", "type": "double", "nullable": true}, {"name": "LONGITUDE", "type": "double", "nullable": true},
          {"name": "ELEVATION", "type": "double", "nullable": true}, {"name": "PRCP", "type": "long", "nullable": true},
          {"name": "SNOW", "type": "long", "nullable": true}, {"name": "SNWD", "type": "long", "nullable": true},
          {"name": "TMAX", "type": "long", "nullable": true}, {"name": "TMAX_ATTRIBUTES", "type": "string", "nullable": true},
          {"name": "TMIN", "type": "long", "nullable": true}]}
        """);
    assertEquals(List.of(), unplanned(EXAMPLE));
    assertEquals(
        List.of(
            "test.yaml:6: columns.numeric[1]: there is no column 'SNOWW', neither in the source nor made by a feature step (columns: STATION, DATE, LATITUDE, LONGITUDE, ELEVATION, PRCP, SNOW, SNWD, TMAX, TMAX_ATTRIBUTES, ... and 3 more; did you mean 'SNOW'?)",
            "test.yaml:11: split.column: column 'TMIN' must hold dates in one form that is known, such as 2020-12-31, 2020-12-31T23:59:00Z, 12/31/2020, 31/12/2020, 31.12.2020 23:59, 20201231, 31 Dec 2020 (it is long); correct the files, or the schema's type and date-form (docs/reading.md lists the forms)",
            "test.yaml:15: fit.columns.PRPC: must be a feature (features: PRCP, SNOWW, SNWD, TMIN, LATITUDE, LONGITUDE, ELEVATION, DATE.day-of-year-sin, DATE.day-of-year-cos, STATION)"),
        unplanned(
            EXAMPLE
                .replace("numeric: [PRCP, SNOW,", "numeric: [PRCP, SNOWW,")
                .replace("  column: DATE\n", "  column: TMIN\n")
                .replace("nominal: [index]}", "nominal: [index], columns: {PRPC: [none]}}")));
    assertEquals(
        List.of(
            "test.yaml:8: features[0].null-if-flagged: there is no column 'TMAX_ATRIBUTES' (columns: STATION, DATE, LATITUDE, LONGITUDE, ELEVATION, PRCP, SNOW, SNWD, TMAX, TMAX_ATTRIBUTES, ... and 1 more; did you mean 'TMAX_ATTRIBUTES'?)"),
        unplanned(EXAMPLE.replace("flags: TMAX_ATTRIBUTES", "flags: TMAX_ATRIBUTES")));
    assertEquals(
        List.of(
            "test.yaml:9: features.steps[0].log1p: column 'STATION' must hold numbers (it is string)"),
        unplanned(
            EXAMPLE.replaceFirst(
                "(?s)features:.*?split:",
                "features:\n  max-unreadable: 0.5\n  steps: [log1p: {column: STATION}]\nsplit:")));
  }

  /** What is wrong with a config for the schema file that it names. */
  private List<String> unplanned(String text) throws Exception {
    AlmanacConfig config = read(text);
    Problems problems = new Problems();
    Optional<FitPlan> plan =
        config.plan(SchemaFile.read(config.schema()).sourceColumns(), problems);
    assertEquals(problems.isEmpty(), plan.isPresent());
    return config.placed(problems).stream()
        .map(problem -> problem.replace(folder.toString() + "/", ""))
        .toList();
  }

  @Test
  void columnsAndNullsMayLookLikeNumbers() throws Exception {
    AlmanacConfig config =
        read(
            "source: {files: [a.csv], nulls: [-99.90, 1e3]}\ncolumns: {label: 2010, numeric: [2011, true]}\n",
            Set.of(Part.SOURCE));
    assertEquals(List.of("-99.90", "1e3"), config.source().format().nulls());
    assertEquals("2010", config.columns().label());
    assertEquals(List.of("2011", "true"), config.columns().numeric());
  }

  @Test
  void configsThatMeanTheSameHaveTheSameHashesWhereverTheyLie() throws Exception {
    AlmanacConfig config = read(EXAMPLE);
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path file = elsewhere.resolve("other-name.yaml");
    // Another order of sections, defaults left out, other spacing.
    String[] parts = EXAMPLE.split("(?m)^(?=split:|fit:|output:|train:)");
    Files.writeString(
        file,
        parts[0]
            + parts[4]
            + parts[1]
            + parts[3].replace(", codec: uncompressed", "")
            + "# no fit\n");
    AlmanacConfig same = ConfigReader.read(file.toString(), List.of(), ALL);
    assertEquals(config.datasetHash(), same.datasetHash());
    assertEquals(config.trialHash(), same.trialHash());
    assertEquals(Json.line(config.canonical()).length(), Json.line(same.canonical()).length());
  }

  @Test
  void theDatasetHashChangesWithWhatADatasetsBytesDependOnAndNothingElse() throws Exception {
    String hash = read(EXAMPLE).datasetHash();
    for (String other :
        Arrays.asList(
            "name=x",
            "train.epochs=3",
            "train.model.hidden=[1]",
            "search.trials=3",
            "output.dataset=elsewhere",
            "rejects.max-rows=5",
            "train.runs=r")) {
      assertEquals(hash, read(EXAMPLE, ALL, other).datasetHash(), other);
    }
    for (String other :
        Arrays.asList(
            "source.files=[b.csv]",
            "source.nulls=[x]",
            "source.delimiter=;",
            "columns.keep=[]",
            "features=[]",
            "split.test.from=2015-01-02",
            "fit.numeric=[none]",
            "output.files=2",
            "output.order=source",
            "output.codec=zstd",
            "output.row-group-rows=10")) {
      assertNotEquals(hash, read(EXAMPLE, ALL, other).datasetHash(), other);
    }
  }

  private AlmanacConfig read(String text) throws Exception {
    return read(text, ALL);
  }

  private AlmanacConfig read(String text, Set<Part> needs, String... overrides) throws Exception {
    Path file = folder.resolve("test.yaml");
    Files.writeString(file, text);
    return ConfigReader.read(file.toString(), List.of(overrides), needs);
  }

  private List<String> problems(String text, Set<Part> needs, String... overrides) {
    ConfigException e = assertThrows(ConfigException.class, () -> read(text, needs, overrides));
    return e.problems().stream()
        .map(problem -> problem.toString().replace(folder.toString() + "/", ""))
        .toList();
  }

  private void assertProblems(String text, String... expected) {
    assertEquals(
        String.join("\n", expected == null ? new String[0] : expected),
        String.join("\n", problems(text, EnumSet.noneOf(Part.class))));
  }

  private static String refused(Path file) {
    return assertThrows(
            ConfigException.class, () -> ConfigReader.read(file.toString(), List.of(), Set.of()))
        .getMessage();
  }

  @Test
  void aConfigThatIsNoConfigIsNamedInOneLine(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("c.yaml");
    String begin = "Cannot use config %s: ".formatted(file);
    for (String text :
        List.of(
            "[".repeat(2_000) + "]".repeat(2_000),
            "{a: ".repeat(2_000) + "1" + "}".repeat(2_000),
            "- ".repeat(2_000) + "1")) {
      Files.writeString(file, "name: a\nsource: " + text);
      String message = refused(file);
      assertTrue(message.startsWith(begin), message);
      assertEquals(2, message.lines().count(), message);
      if (!text.startsWith("-")) {
        assertTrue(message.contains(":2: is nested more than 64 levels deep"), message);
      }
    }
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(4)));
    }
    Files.writeString(file, bomb);
    assertTrue(refused(file).contains("holds more than 200000 values"), refused(file));
    Files.writeString(file, "name: " + "x".repeat(4_000_000));
    assertTrue(refused(file).contains("may hold 3145728"), refused(file));
    Files.writeString(file, "name: a\nsource:\n\tfiles: [a.csv]\n");
    assertTrue(refused(file).contains(":3: is not YAML"), refused(file));
    assertTrue(refused(file).contains("TAB"), refused(file));
    Files.writeString(file, "name: a\nsource: {files: [a]}\nname: b\n");
    assertTrue(refused(file).contains(":3: name: stands twice"), refused(file));
    Files.write(file, "name: Gr\u00f6\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(refused(file).contains("is not a text in UTF-8"), refused(file));
    Files.write(file, "name: a\n".getBytes(StandardCharsets.UTF_16LE));
    assertTrue(refused(file).contains("UTF-8"), refused(file));
    assertTrue(refused(folder).contains("is a folder"), refused(folder));
  }

  @Test
  void aByteOrderMarkIsSkipped(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), "\uFEFFname: a\n");
    assertEquals("a", ConfigReader.read(file.toString(), List.of(), Set.of()).name());
    for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Files.write(file, "\uFEFFname: Größe\n".getBytes(charset));
      assertEquals("Größe", ConfigReader.read(file.toString(), List.of(), Set.of()).name());
    }
  }
}
