package dev.almanac.transforms.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FitStepsTest {
  @Test
  void stepsAreNamesOrObjectsOfOneKey() throws IOException {
    List<String> problems = new ArrayList<>();
    FitSteps fit =
        FitSteps.read(
            Json.tree(
                """
                {"numeric": ["impute-median", {"standardize": {"ddof": 1}}],
                 "nominal": [{"index": {"min-count": 5, "max-size": 100}}],
                 "columns": {
                   "PRCP": [{"impute-constant": {"value": 0, "indicator": true}}, "min-max"],
                   "SNOW": ["none"],
                   "STATION": ["index"]}}
                """,
                "test"),
            problems::add);
    assertEquals(List.of(), problems);
    assertEquals(
        new FitSteps(
            List.of(new ImputeMedian(false), new Standardize(1)),
            List.of(new Index(5L, 100)),
            Map.of(
                "PRCP", List.of(new ImputeConstant(0, true), new MinMax()),
                "SNOW", List.of(new None()),
                "STATION", List.of(new Index()))),
        fit);
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws IOException {
    List<String> problems = new ArrayList<>();
    assertEquals(FitSteps.DEFAULT, FitSteps.read(Json.tree("{}", "test"), problems::add));
    assertEquals(List.of(new ImputeMean(false), new Standardize(0)), FitSteps.DEFAULT.numeric());
    assertEquals(List.of(new Index()), FitSteps.DEFAULT.nominal());
    assertEquals(List.of(), problems);
  }

  @Test
  void everyProblemIsReportedWithItsPlace() throws IOException {
    List<String> problems = new ArrayList<>();
    FitSteps.read(
        Json.tree(
            """
            {"numerics": [], "numeric": ["standardise", {"standardize": {"ddof": 2}}, "index"],
             "nominal": "index",
             "columns": {"PRCP": ["impute-constant", {"impute-mean": {"value": 3}}],
                         "STATION": [{"index": {"min-count": 0}}]}}
            """,
            "test"),
        problems::add);
    String numeric =
        "(known names: [impute-constant, impute-mean, impute-median, min-max, none, standardize])";
    assertEquals(
        List.of(
            "fit: unknown key 'numerics' (known keys: [columns, nominal, numeric])",
            "fit.numeric[0]: unknown name 'standardise' " + numeric,
            "fit.numeric[1].standardize: ddof must be 0 or 1 (2)",
            "fit.numeric[2]: unknown name 'index' " + numeric,
            "fit.nominal: must be a list of steps (names: [index])",
            "fit.columns.PRCP[0].impute-constant: key 'value' is missing",
            "fit.columns.PRCP[1].impute-mean: unknown key 'value' (known keys: [indicator])",
            "fit.columns.STATION[0].index: min-count must be 1 or more (0)"),
        problems);
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
            new None())) {
      assertEquals(step, Json.read(Json.line(step), NumericStep.class, "test"));
    }
    for (NominalStep step : List.of(new Index(), new Index(3L, null), new Index(null, 9))) {
      assertEquals(step, Json.read(Json.line(step), NominalStep.class, "test"));
    }
    assertEquals("\"impute-mean\"", Json.line(new ImputeMean(false)));
    assertEquals("{\"standardize\":{\"ddof\":1}}", Json.line(new Standardize(1)));
  }
}
