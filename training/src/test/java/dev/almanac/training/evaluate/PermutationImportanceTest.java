package dev.almanac.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.almanac.training.Problem;
import dev.almanac.training.TestDataset;
import dev.almanac.training.feed.EncodedRows;
import dev.almanac.training.metric.RegressionMetrics;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.Spread;
import dev.almanac.training.train.Training;
import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.None;
import dev.almanac.transforms.fit.ColumnOrigin;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermutationImportanceTest {
  private static final int ROWS = 20_000;
  private static final double[] WEIGHTS = {3, -2, 0.5, 0};
  private static final double NOISE = 0.7;

  @TempDir Path folder;

  /** Columns x0, x1, x2 of which x1 goes with x0; x3 is of its own; y is linear in them. */
  private static float[][] cells(int rows, long seed, double... weights) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] cells = new float[5][rows];
    for (int row = 0; row < rows; row++) {
      cells[0][row] = (float) (2 * random.nextGaussian());
      cells[1][row] = (float) (0.8 * cells[0][row] + random.nextGaussian());
      cells[2][row] = (float) (5 + 3 * random.nextGaussian());
      cells[3][row] = (float) random.nextGaussian();
      double label = NOISE * random.nextGaussian();
      for (int i = 0; i < weights.length; i++) {
        label += weights[i] * cells[i][row];
      }
      cells[4][row] = (float) label;
    }
    return cells;
  }

  private static TableSchema schema() {
    return TableSchema.of(
        Field.required("x0", ColumnType.FLOAT32),
        Field.required("x1", ColumnType.FLOAT32),
        Field.required("x2", ColumnType.FLOAT32),
        Field.required("x3", ColumnType.FLOAT32),
        Field.required("y", ColumnType.FLOAT32));
  }

  private static FloatColumn[] columns(float[][] cells) {
    FloatColumn[] columns = new FloatColumn[cells.length];
    for (int i = 0; i < cells.length; i++) {
      columns[i] = new FloatColumn(cells[i]);
    }
    return columns;
  }

  /** The model that made the labels, noise apart. */
  private static PermutationImportance linear() {
    return new PermutationImportance(
        rows -> {
          double[] predicted = new double[rows.rows()];
          for (int i = 0; i < WEIGHTS.length; i++) {
            float[] values = EncodedRows.floats(rows, "x" + i);
            for (int row = 0; row < predicted.length; row++) {
              predicted[row] += WEIGHTS[i] * values[row];
            }
          }
          return predicted;
        },
        RegressionMetrics::new,
        "y");
  }

  private static List<Importance.Source> measured(long seed, ColumnOrigin... origins) {
    ColumnBatch rows = ColumnBatch.of(schema(), columns(cells(ROWS, 5, WEIGHTS)));
    return linear().measure(rows, List.of(origins), seed);
  }

  private static ColumnOrigin origin(String... encoded) {
    return new ColumnOrigin(String.join("+", encoded), List.of(encoded));
  }

  private static double meanSquare(Importance.Source source) {
    return source.permuted().get("rmse").stream()
        .mapToDouble(rmse -> rmse * rmse)
        .average()
        .orElseThrow();
  }

  /** Mean of the products of the distances from the means. */
  private static double covariance(float[] a, float[] b) {
    double meanA = 0;
    double meanB = 0;
    for (int i = 0; i < a.length; i++) {
      meanA += a[i] / (double) a.length;
      meanB += b[i] / (double) b.length;
    }
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum / a.length;
  }

  @Test
  void aLinearModelsSquaredErrorGrowsByTwiceTheVarianceThatTheColumnBrings() {
    float[][] cells = cells(ROWS, 5, WEIGHTS);
    double before = NOISE * NOISE;
    for (int i = 0; i < 3; i++) {
      double brought = WEIGHTS[i] * WEIGHTS[i] * covariance(cells[i], cells[i]);
      double after = meanSquare(measured(1, origin("x" + i)).get(0));
      assertEquals(2 * brought, after - before, 0.03 * 2 * brought, "x" + i);
    }
  }

  @Test
  void columnsThatArePermutedTogetherKeepWhatTheyShare() {
    float[][] cells = cells(ROWS, 5, WEIGHTS);
    double brought = 0;
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        brought += WEIGHTS[i] * WEIGHTS[j] * covariance(cells[i], cells[j]);
      }
    }
    double after = meanSquare(measured(1, origin("x0", "x1")).get(0));
    assertEquals(2 * brought, after - NOISE * NOISE, 0.03 * 2 * brought);
  }

  @Test
  void aColumnThatTheModelDoesNotUseChangesNothingAtAll() {
    Importance.Source none = measured(1, origin("x3")).get(0);
    double[] same =
        measured(2, origin("x3")).get(0).permuted().get("mae").stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    for (double mae : none.permuted().get("mae")) {
      assertEquals(same[0], mae);
    }
  }

  @Test
  void theSeedDecidesThePermutations() {
    ColumnOrigin origin = origin("x0");
    assertEquals(measured(1, origin), measured(1, origin));
    assertNotEquals(measured(1, origin), measured(2, origin));
    assertEquals(
        PermutationImportance.REPEATS, measured(1, origin).get(0).permuted().get("mae").size());
  }

  @Test
  void aTrainedModelShowsTheOneColumnThatTheLabelDependsOn() throws IOException {
    double[] weights = {0, 0, 1, 0};
    var columns = Problem.columns(4, List.of(), Problem.number(5, 3));
    identity().write(folder.resolve("dataset/transform").toString());
    Dataset dataset =
        new TestDataset(folder.resolve("dataset"), columns)
            .file(Split.TRAIN, columns(cells(4000, 1, weights)))
            .file(Split.VALIDATION, columns(cells(1000, 2, weights)))
            .file(Split.TEST, columns(cells(1500, 3, weights)))
            .file(Split.TEST, columns(cells(700, 4, weights)))
            .write();
    Run run =
        Training.run(
            dataset,
            Problem.config(Task.REGRESSION, "{\"hidden\": [16]}", "adam", 0.01, 8),
            RunContext.of(folder.resolve("runs").toString()));
    Importance found = PermutationImportance.run(run, dataset, Split.TEST, ProgressListener.NONE);
    assertEquals(found, Importance.read(run).orElseThrow());
    assertEquals(2200, found.rows());
    assertEquals(2200, found.splitRows());
    Run evaluated = Evaluation.run(run, dataset, Split.TEST, ProgressListener.NONE);
    assertEquals(found, Importance.read(evaluated).orElseThrow(), "an evaluation keeps it");
    Map<String, Double> whole = evaluated.record().metrics().get("test");
    assertEquals(whole.get("mae"), found.metrics().get("mae"), 1e-12);
    for (Importance.Source source : found.columns()) {
      double increase = Spread.of(source.permuted().get("mae")).mean() - found.metrics().get("mae");
      if (source.name().equals("x2")) {
        // The distance of two draws of deviation 3 is 2 * 3 / sqrt(pi) on average.
        assertEquals(3.385 - whole.get("mae"), increase, 0.25, source.toString());
      } else {
        assertEquals(0, increase, 0.03, source.toString());
      }
    }
  }

  /** A transform that leaves four numbers as they are. */
  private static FittedTransform identity() {
    List<String> names = List.of("x0", "x1", "x2", "x3");
    List<SourceColumn> source =
        List.of("x0", "x1", "x2", "x3", "y").stream()
            .map(name -> new SourceColumn(name, ColumnType.DOUBLE, null, false))
            .toList();
    FitPlan plan =
        FitPlan.of(
            source,
            List.of(),
            new ModelColumns("y", LabelKind.REGRESSION, names, List.of(), List.of()),
            new FitSteps(List.of(new None()), FitSteps.DEFAULT.nominal(), Map.of()));
    FitAccumulator train = plan.accumulator();
    DoubleColumn cells = DoubleColumn.of(new double[] {1, 2, 4});
    train.add(ColumnBatch.of(SourceColumn.schema(source), cells, cells, cells, cells, cells));
    return plan.fit(train);
  }
}
