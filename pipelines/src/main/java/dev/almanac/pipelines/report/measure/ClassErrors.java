package dev.almanac.pipelines.report.measure;

import dev.almanac.training.score.PredictionColumns;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often predicted classes are wrong, and how far their probabilities can be trusted.
 *
 * <p>With two classes the probability is that of the second one, else that of the class predicted:
 * its confidence.
 */
public final class ClassErrors {
  private static final int PROBABILITY_BINS = 20;

  private final DatasetColumns.Label label;
  private final KeptColumns kept;
  private final ConfusionMatrix confusion;
  private final Calibration calibration = new Calibration();
  private final Histogram yes =
      new Histogram(new Bins(0, 1.0 / PROBABILITY_BINS, PROBABILITY_BINS));
  private final Histogram no = new Histogram(new Bins(0, 1.0 / PROBABILITY_BINS, PROBABILITY_BINS));
  private final ErrorSlices.DateSpan dates = new ErrorSlices.DateSpan();
  private final Map<String, Integer> indices = new HashMap<>();
  private final boolean linear;
  private ErrorSlices slices;
  private long unknown;

  private ClassErrors(DatasetColumns.Label label, KeptColumns kept, boolean linear) {
    this.linear = linear;
    this.label = label;
    this.kept = kept;
    this.confusion = new ConfusionMatrix(label.allClasses());
    label.allClasses().forEach(name -> indices.put(name, indices.size()));
  }

  public static ClassErrors measure(
      PredictionFiles files, DatasetColumns.Label label, KeptColumns kept) throws IOException {
    ClassErrors errors = new ClassErrors(label, kept, files.have(PredictionColumns.LINEAR_CLASS));
    if (kept.date() != null) {
      String date = kept.date().name();
      files.read(List.of(date), batch -> errors.dates.add((LongColumn) batch.column(date)));
    }
    errors.slices = new ErrorSlices(kept, errors.dates);
    List<String> columns = new ArrayList<>();
    columns.add(label.column());
    columns.add(PredictionColumns.PREDICTED_CLASS);
    columns.addAll(errors.probabilities());
    columns.addAll(kept.names());
    if (errors.linear) {
      columns.add(PredictionColumns.LINEAR_CLASS);
    }
    files.read(columns, errors::add);
    return errors;
  }

  private List<String> probabilities() {
    return isBinary()
        ? List.of(PredictionColumns.PROBABILITY)
        : label.classes().stream().map(name -> PredictionColumns.PROBABILITY + "-" + name).toList();
  }

  private void add(ColumnBatch batch) {
    int[] actual = classes(batch.column(label.column()));
    int[] predicted = classes(batch.column(PredictionColumns.PREDICTED_CLASS));
    List<double[]> probabilities =
        probabilities().stream().map(name -> ((DoubleColumn) batch.column(name)).values()).toList();
    double[] size = new double[batch.rows()];
    double[] signed = new double[batch.rows()];
    int[] baseline = linear ? classes(batch.column(PredictionColumns.LINEAR_CLASS)) : null;
    double[] linearSize = linear ? new double[batch.rows()] : null;
    for (int row = 0; row < batch.rows(); row++) {
      boolean right = actual[row] == predicted[row];
      boolean outcome = isBinary() ? actual[row] == 1 : right;
      double probability = probabilities.get(isBinary() ? 0 : predicted[row])[row];
      confusion.add(actual[row], predicted[row]);
      if (actual[row] >= label.classes().size()) {
        unknown++;
      }
      // A row that is neither of two classes says nothing of the probability of one.
      if (!isBinary() || actual[row] < 2) {
        calibration.add(probability, outcome);
        // A probability of exactly 1 belongs to the last bin.
        (outcome ? yes : no).add(Math.min(probability, Math.nextDown(1.0)));
      }
      size[row] = right ? 0 : 1;
      signed[row] = probability - (outcome ? 1 : 0);
      if (linear) {
        linearSize[row] = actual[row] == baseline[row] ? 0 : 1;
      }
    }
    slices.add(new RowErrors(size, signed, linearSize), batch);
  }

  private int[] classes(Column column) {
    StringColumn texts = (StringColumn) column;
    int[] byCode = texts.dictionary().stream().mapToInt(indices::get).toArray();
    int[] found = new int[texts.rows()];
    for (int row = 0; row < found.length; row++) {
      found[row] = byCode[texts.codes()[row]];
    }
    return found;
  }

  public boolean isBinary() {
    return label.classes().size() == 2;
  }

  /** Rows of classes that train has not. */
  public long unknownRows() {
    return unknown;
  }

  /** The classes that train has not; often none. */
  public List<String> unknownClasses() {
    return label.unknownClasses() == null ? List.of() : label.unknownClasses();
  }

  public List<String> classNames() {
    return label.classes();
  }

  public ConfusionMatrix confusion() {
    return confusion;
  }

  public Calibration calibration() {
    return calibration;
  }

  /** Probabilities of rows of the second class, or of rows that are right. */
  public Histogram probabilitiesOfYes() {
    return yes;
  }

  /** Probabilities of rows of the first class, or of rows that are wrong. */
  public Histogram probabilitiesOfNo() {
    return no;
  }

  /** The days that the rows are of. */
  public ErrorSlices.DateSpan dates() {
    return dates;
  }

  public ErrorSlices slices() {
    return slices;
  }
}
