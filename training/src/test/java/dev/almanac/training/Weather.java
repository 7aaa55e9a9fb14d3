package dev.almanac.training;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * A dataset of invented days: {@code y = 100 + 3 a - 2 b + 1.5 station + noise} of deviation 1, and
 * as classes, the third of the numbers that y falls into.
 */
public final class Weather {
  private static final int STATIONS = 6;
  public static final UnaryOperator<float[]> LABELS_AS_THEY_ARE = UnaryOperator.identity();

  public static final UnaryOperator<float[]> LABELS_SHUFFLED =
      labels -> {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = labels.length - 1; i > 0; i--) {
          int other = random.nextInt(i + 1);
          float label = labels[i];
          labels[i] = labels[other];
          labels[other] = label;
        }
        return labels;
      };

  private static final double DEVIATION = Math.sqrt(9 + 4 + 1.5 * 1.5 * 35 / 12.0 + 1);

  private Weather() {}

  private static DatasetColumns columns(DatasetColumns.Label label) {
    return new DatasetColumns(
        List.of("a", "b"),
        List.of(new DatasetColumns.Category("station", STATIONS + 2)),
        label,
        List.of(
            new DatasetColumns.Kept("place", "place", "string"),
            new DatasetColumns.Kept("day", "day", "date")));
  }

  public static Dataset dataset(Path folder, UnaryOperator<float[]> labels) throws IOException {
    return new TestDataset(folder, columns(Problem.number(103.75, DEVIATION)))
        .file(Split.TRAIN, cells(3000, 1, labels))
        .file(Split.TRAIN, cells(1500, 2, labels))
        .file(Split.VALIDATION, cells(1200, 3, labels))
        .file(Split.TEST, cells(700, 4, labels))
        .file(Split.TEST, cells(501, 5, labels))
        .write();
  }

  public static Dataset withoutValidation(Path folder) throws IOException {
    return new TestDataset(folder, columns(Problem.number(103.75, DEVIATION)))
        .file(Split.TRAIN, cells(500, 1, LABELS_AS_THEY_ARE))
        .file(Split.TEST, cells(100, 4, LABELS_AS_THEY_ARE))
        .write();
  }

  /** Labels are classes: y below 102, below 106, and above; or below 104 and above. */
  public static Dataset classes(Path folder, String... classes) throws IOException {
    UnaryOperator<float[]> labels = numbers -> classes(numbers, classes.length);
    return new TestDataset(folder, columns(Problem.classes(classes)))
        .file(Split.TRAIN, cells(3000, 1, labels))
        .file(Split.VALIDATION, cells(600, 3, labels))
        .file(Split.TEST, cells(700, 4, labels))
        .write();
  }

  private static float[] classes(float[] labels, int count) {
    for (int i = 0; i < labels.length; i++) {
      labels[i] =
          count == 2 ? (labels[i] < 104 ? 0 : 1) : labels[i] < 102 ? 0 : labels[i] < 106 ? 1 : 2;
    }
    return labels;
  }

  private static Column[] cells(int rows, long seed, UnaryOperator<float[]> change) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] a = new float[rows];
    float[] b = new float[rows];
    int[] station = new int[rows];
    float[] label = new float[rows];
    String[] place = new String[rows];
    long[] day = new long[rows];
    for (int row = 0; row < rows; row++) {
      a[row] = (float) random.nextGaussian();
      b[row] = (float) random.nextGaussian();
      int at = random.nextInt(STATIONS);
      station[row] = 2 + at;
      label[row] = (float) (100 + 3 * a[row] - 2 * b[row] + 1.5 * at + random.nextGaussian());
      place[row] = at == 0 ? null : "place " + at;
      day[row] = 10_000 * seed + row;
    }
    return new Column[] {
      new FloatColumn(a),
      new FloatColumn(b),
      new IntColumn(station),
      new FloatColumn(change.apply(label)),
      StringColumn.of(place),
      LongColumn.dates(day)
    };
  }
}
