package dev.almanac.transforms.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FitStepsTest {
  @Test
  void stepsAreNamesOrObjectsOfOneKey() throws IOException {
    Problems problems = new Problems();
    FitSteps fit =
        FitSteps.read(
            Json.tree(
                """
                {"numeric": ["impute-median", {"standardize": {"ddof": 1}}],
                 "nominal": [{"index": {"min-count": 5, "max-size": 100}}],
                 "columns": {
                   "PRCP": [{"impute-constant": {"value": 0, "indicator": true}}, "min-max"],
                   "SNOW": ["none"],
                   "SNWD": ["impute-median", {"robust-scale": {"quantile-range": [5, 95.5]}}],
                   "WIND": ["robust-scale"],
                   "MONTH": [{"quantile-bins": {"bins": 12}}],
                   "STATION": ["index"]}}
                """,
                "test"),
            problems);
    assertEquals(List.of(), problems.all());
    assertEquals(
        new FitSteps(
            List.of(new ImputeMedian(false), new Standardize(1)),
            List.of(new Index(5L, 100)),
            Map.of(
                "PRCP", List.of(new ImputeConstant(0, true), new MinMax()),
                "SNOW", List.of(new None()),
                "SNWD", List.of(new ImputeMedian(false), new RobustScale(List.of(5.0, 95.5))),
                "WIND", List.of(new RobustScale()),
                "MONTH", List.of(new QuantileBins(12)),
                "STATION", List.of(new Index()))),
        fit);
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws IOException {
    Problems problems = new Problems();
    assertEquals(FitSteps.DEFAULT, FitSteps.read(Json.tree("{}", "test"), problems));
    assertEquals(List.of(new ImputeMean(false), new Standardize(0)), FitSteps.DEFAULT.numeric());
    assertEquals(List.of(new Index()), FitSteps.DEFAULT.nominal());
    assertEquals(List.of(), problems.all());
  }

  @Test
  void everyProblemIsReportedWithItsPlace() throws IOException {
    Problems problems = new Problems();
    FitSteps.read(
        Json.tree(
            """
            {"numerics": [], "numeric": ["standardise", {"standardize": {"ddof": 2}}, "index"],
             "nominal": "index",
             "columns": {"PRCP": ["impute-constant", {"impute-mean": {"value": 3}}],
                         "SNOW": [{"robust-scale": {"quantile-range": [75, 25]}},
                                  {"robust-scale": {"quantile-range": [5]}}],
                         "SNWD": [{"quantile-bins": {"bins": 1}}, "quantile-bins"],
                         "STATION": [{"index": {"min-count": 0}}]}}
            """,
            "test"),
        problems.at("fit"));
    String numeric =
        "(known names: [clip, impute-constant, impute-mean, impute-median, min-max, none, robust-scale, standardize])";
    assertEquals(
        List.of(
            "fit: unknown key 'numerics' (known keys: [columns, nominal, numeric])",
            "fit.numeric[0]: unknown name 'standardise' " + numeric,
            "fit.numeric[1].standardize: ddof must be 0 or 1 (2)",
            "fit.numeric[2]: unknown name 'index' " + numeric,
            "fit.nominal: must be a list of steps (names: %s)".formatted(names(NominalStep.class)),
            "fit.columns.PRCP[0].impute-constant: key 'value' is missing",
            "fit.columns.PRCP[1].impute-mean: unknown key 'value' (known keys: [indicator])",
            "fit.columns.SNOW[0].robust-scale: quantile-range must be two rising percentages from 0 to 100 ([75.0, 25.0])",
            "fit.columns.SNOW[1].robust-scale: quantile-range must be two rising percentages from 0 to 100 ([5.0])",
            "fit.columns.SNWD[0].quantile-bins: bins must be from 2 to 65536 (1)",
            "fit.columns.SNWD[1].quantile-bins: key 'bins' is missing",
            "fit.columns.STATION[0].index: min-count must be 1 or more (0)"),
        problems.texts());
  }

  @Test
  void everyStepReadsBackFromWhatItWrites() throws IOException {
    for (NumericStep step :
        List.of(
            new ImputeMean(false),
            new ImputeMean(true),
            new ImputeMedian(true),
            new ImputeConstant(-1.5, false),
            new ImputeConstant(0, true),
            new Standardize(0),
            new Standardize(1),
            new MinMax(),
            new RobustScale(),
            new RobustScale(List.of(10.0, 90.0)),
            new None())) {
      assertEquals(step, Json.read(Json.line(step), NumericStep.class, "test"));
    }
    for (NominalStep step :
        List.of(new Index(), new Index(3L, null), new Index(null, 9), new QuantileBins(4))) {
      assertEquals(step, Json.read(Json.line(step), NominalStep.class, "test"));
    }
    assertEquals("\"impute-mean\"", Json.line(new ImputeMean(false)));
    assertEquals("{\"standardize\":{\"ddof\":1}}", Json.line(new Standardize(1)));
  }

  /** As the classes are called. */
  private static List<String> names(Class<?> family) {
    return Arrays.stream(family.getPermittedSubclasses())
        .map(step -> step.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-"))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .sorted()
        .toList();
  }
}
