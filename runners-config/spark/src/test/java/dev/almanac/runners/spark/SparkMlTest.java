package dev.almanac.runners.spark;

import static dev.almanac.runners.spark.Both.VECTOR;
import static dev.almanac.runners.spark.Both.X;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.encode.BinEncoder;
import dev.almanac.transforms.encode.ImputeMean;
import dev.almanac.transforms.encode.ImputeMedian;
import dev.almanac.transforms.encode.Index;
import dev.almanac.transforms.encode.MinMax;
import dev.almanac.transforms.encode.NominalEncoder;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.OneHot;
import dev.almanac.transforms.encode.QuantileBins;
import dev.almanac.transforms.encode.RobustScale;
import dev.almanac.transforms.encode.Standardize;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.apache.spark.ml.feature.Bucketizer;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.ImputerModel;
import org.apache.spark.ml.feature.MinMaxScaler;
import org.apache.spark.ml.feature.MinMaxScalerModel;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.OneHotEncoderModel;
import org.apache.spark.ml.feature.QuantileDiscretizer;
import org.apache.spark.ml.feature.RobustScaler;
import org.apache.spark.ml.feature.RobustScalerModel;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StandardScalerModel;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Our definitions beside those of Spark ML 3.5 itself: where they are the same, number for number,
 * and each difference that we chose, with its size. {@code transforms/README.md} lists them.
 */
class SparkMlTest {
  /** Spark sums in an order of its own; ours are the doubles nearest to the truth. */
  private static final double ROUNDING = 1e-12;

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static final Both WEATHER = Both.doubles(cells(997, 0));
  private static final Both HOLES = Both.doubles(cells(997, 5));
  private static final Both LARGE = Both.doubles(List.of(1e9, 1e9 + 1, 1e9 + 2, 1e9, 1e9 + 2));
  private static final Both CONSTANT = Both.doubles(List.of(5.0, 5.0, 5.0));

  /** Tenths of a degree; every n-th cell is null, none when n is 0. */
  private static List<Double> cells(int rows, int everyNth) {
    Random random = new Random(rows + everyNth);
    List<Double> cells = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      cells.add(
          everyNth > 0 && row % everyNth == 0
              ? null
              : Math.rint(100 + 80 * random.nextGaussian()) / 10);
    }
    return cells;
  }

  // ---- StandardScaler

  @Test
  void standardizeWithDdofOneIsStandardScaler() {
    for (Both train : List.of(WEATHER, LARGE)) {
      StandardScalerModel theirs = standardScaler(train);
      NumericEncoder ours = train.numeric(new Standardize(1));
      close(theirs.mean().apply(0), ours.center());
      close(theirs.std().apply(0), ours.scale());
      double[] expected = Both.transformed(theirs, train.vectorsInSpark(spark), "scaled");
      float[] encoded = train.encoded(train, new Standardize(1));
      for (int row = 0; row < encoded.length; row++) {
        assertEquals(expected[row], encoded[row], Math.ulp(encoded[row]) + 1e-12);
      }
    }
  }

  @Test
  void ourDefaultDividesByNAndSparkByNLessOne() {
    int n = WEATHER.cells().size();
    double theirs = standardScaler(WEATHER).std().apply(0);
    close(theirs * Math.sqrt((n - 1.0) / n), WEATHER.numeric(new Standardize(0)).scale());
  }

  @Test
  void aConstantColumnIsZeroInSparkAndOnlyCenteredHere() {
    Both rows = Both.doubles(List.of(5.0, 7.0));
    StandardScalerModel theirs = standardScaler(CONSTANT);
    assertEquals(0.0, theirs.std().apply(0));
    assertArrayEquals(
        new double[] {0, 0}, Both.transformed(theirs, rows.vectorsInSpark(spark), "scaled"));
    assertArrayEquals(new float[] {0, 2}, CONSTANT.encoded(rows, new Standardize(1)));
  }

  @Test
  void aNullPoisonsStandardScalerAndIsPassedOverHere() {
    StandardScalerModel poisoned = standardScaler(HOLES);
    assertTrue(Double.isNaN(poisoned.mean().apply(0)));
    StandardScalerModel theirs = standardScaler(HOLES.present());
    NumericEncoder ours = HOLES.numeric(new ImputeMean(false), new Standardize(1));
    close(theirs.mean().apply(0), ours.center());
    close(theirs.std().apply(0), ours.scale());
  }

  @Test
  void filledCellsCountInSparksNextStageAndNotHere() {
    Both filled =
        Both.doubles(
            DoubleStream.of(
                    Both.transformed(imputer(HOLES, "mean"), HOLES.inSpark(spark), "filled"))
                .boxed()
                .toList());
    double theirs = standardScaler(filled).std().apply(0);
    NumericEncoder ours = HOLES.numeric(new ImputeMean(false), new Standardize(1));
    double present = HOLES.present().cells().size();
    close(theirs * Math.sqrt((filled.cells().size() - 1) / (present - 1)), ours.scale());
  }

  private static StandardScalerModel standardScaler(Both train) {
    return new StandardScaler()
        .setInputCol(VECTOR)
        .setOutputCol("scaled")
        .setWithMean(true)
        .setWithStd(true)
        .fit(train.vectorsInSpark(spark));
  }

  // ---- Imputer

  @Test
  void imputeMeanIsImputersMean() {
    for (Both train : List.of(HOLES, Both.doubles(Arrays.asList(1e9, null, 1e9 + 1, 1e9 + 2)))) {
      ImputerModel theirs = imputer(train, "mean");
      close(surrogate(theirs), train.numeric(new ImputeMean(false)).fill());
      double[] expected = Both.transformed(theirs, train.inSpark(spark), "filled");
      float[] encoded = train.encoded(train, new ImputeMean(false));
      train.rows().forEach(row -> assertEquals((float) expected[row], encoded[row]));
    }
  }

  @Test
  void imputeMedianIsImputersMedianWhereOneValueIsInTheMiddle() {
    assertEquals(1, HOLES.present().cells().size() % 2);
    ImputerModel theirs = imputer(HOLES, "median");
    assertEquals(surrogate(theirs), HOLES.numeric(new ImputeMedian(false)).fill());
    double[] expected = Both.transformed(theirs, HOLES.inSpark(spark), "filled");
    float[] encoded = HOLES.encoded(HOLES, new ImputeMedian(false));
    HOLES.rows().forEach(row -> assertEquals((float) expected[row], encoded[row]));
  }

  @Test
  void ofTwoValuesInTheMiddleSparkTakesTheLowerAndWeTheirMean() {
    Both train = Both.doubles(Arrays.asList(4.0, 1.0, null, 2.0, 3.0));
    assertEquals(2.0, surrogate(imputer(train, "median")));
    assertEquals(2.5, train.numeric(new ImputeMedian(false)).fill());
  }

  @Test
  void integersAreFilledTruncatedInSparkAndExactlyHere() {
    Both train = Both.longs(Arrays.asList(1L, 2L, null, 4L, 4L));
    ImputerModel theirs = imputer(train, "mean");
    assertEquals(2.0, Both.transformed(theirs, train.inSpark(spark), "filled")[2]);
    assertEquals(2.75f, train.encoded(train, new ImputeMean(false))[2]);
  }

  private static ImputerModel imputer(Both train, String strategy) {
    return new Imputer()
        .setInputCols(new String[] {X})
        .setOutputCols(new String[] {"filled"})
        .setStrategy(strategy)
        .setRelativeError(1e-9)
        .fit(train.inSpark(spark));
  }

  private static double surrogate(ImputerModel model) {
    return ((Number) model.surrogateDF().first().get(0)).doubleValue();
  }

  // ---- StringIndexer

  /** Ties, capitals, blanks, an empty text, letters beyond 16 bits. */
  private static final Both TEXTS =
      Both.texts(
          Arrays.asList(
              "b",
              "a",
              null,
              "B",
              "b",
              "\uFF5E",
              "\uD83D\uDE00",
              "c",
              "a",
              "",
              " c",
              "c",
              "é",
              "10",
              "9",
              null,
              "c"));

  @Test
  void theVocabularyIsStringIndexersLabelsInTheirOrder() {
    List<String> theirs = List.of(stringIndexer(TEXTS).labelsArray()[0]);
    NominalEncoder ours = (NominalEncoder) TEXTS.nominal(new Index()).nominal().get(0);
    assertEquals(theirs, ours.vocabulary().entries().stream().map(ValueCount::value).toList());
    assertEquals(List.of("c", "a", "b", "", " c", "10"), theirs.subList(0, 6));
  }

  @Test
  void indicesAreStringIndexersAndTwoMore() {
    StringIndexerModel theirs = stringIndexer(TEXTS);
    Both known = TEXTS.present();
    double[] expected = Both.transformed(theirs, known.inSpark(spark), "index");
    int[] indices = TEXTS.indices(known, new Index());
    known
        .rows()
        .forEach(row -> assertEquals(expected[row] + Vocabulary.FIRST, (double) indices[row]));
  }

  @Test
  void nullAndUnseenShareSparksLastIndexAndAreApartHere() {
    Both rows = Both.texts(Arrays.asList(null, "never seen", "c"));
    double last = stringIndexer(TEXTS).labelsArray()[0].length;
    assertArrayEquals(
        new double[] {last, last, 0},
        Both.transformed(stringIndexer(TEXTS), rows.inSpark(spark), "index"));
    assertArrayEquals(
        new int[] {Vocabulary.NULL, Vocabulary.UNKNOWN, Vocabulary.FIRST},
        TEXTS.indices(rows, new Index()));
  }

  @Test
  void oneHotIsOneHotEncoderThatDropsNoneAndItsLastIsMissing() {
    // Spark's does not take the empty text.
    Both train = new Both(TEXTS.type(), TEXTS.cells().stream().filter(c -> !"".equals(c)).toList());
    StringIndexerModel indexer = stringIndexer(train);
    OneHotEncoderModel theirs =
        new OneHotEncoder()
            .setInputCols(new String[] {"index"})
            .setOutputCols(new String[] {VECTOR})
            .setDropLast(false)
            .fit(indexer.transform(train.inSpark(spark)));
    Both rows = Both.texts(Arrays.asList("c", null, "a", "10", "B", "never seen"));
    List<Row> expected =
        theirs.transform(indexer.transform(rows.inSpark(spark))).select(VECTOR).collectAsList();
    List<float[]> ours = train.numbers(rows, new OneHot());
    int last = indexer.labelsArray()[0].length;
    for (int row = 0; row < ours.size(); row++) {
      double[] hot = ((Vector) expected.get(row).get(0)).toArray();
      assertEquals(last + 1, hot.length);
      assertEquals(last + 1, ours.get(row).length);
      boolean unseen = row == ours.size() - 1;
      for (int i = 0; i <= last; i++) {
        // Spark counts a value that train has not as missing; here it is zeros all through.
        assertEquals(
            unseen && i == last ? 1 : hot[i], unseen && i == last ? hot[i] : ours.get(row)[i]);
      }
      assertEquals(unseen ? 0f : 1f, sum(ours.get(row)));
    }
  }

  private static float sum(float[] numbers) {
    float sum = 0;
    for (float number : numbers) {
      sum += number;
    }
    return sum;
  }

  private static StringIndexerModel stringIndexer(Both train) {
    return new StringIndexer()
        .setInputCol(X)
        .setOutputCol("index")
        .setHandleInvalid("keep")
        .fit(train.inSpark(spark));
  }

  // ---- MinMaxScaler, RobustScaler, QuantileDiscretizer

  @Test
  void minMaxIsMinMaxScalerButForAConstantColumn() {
    double[] expected =
        Both.transformed(minMaxScaler(WEATHER), WEATHER.vectorsInSpark(spark), "scaled");
    float[] encoded = WEATHER.encoded(WEATHER, new MinMax());
    WEATHER.rows().forEach(row -> assertEquals(expected[row], encoded[row], 1e-7));
    assertArrayEquals(
        new double[] {0.5, 0.5, 0.5},
        Both.transformed(minMaxScaler(CONSTANT), CONSTANT.vectorsInSpark(spark), "scaled"));
    assertArrayEquals(new float[] {0, 0, 0}, CONSTANT.encoded(CONSTANT, new MinMax()));
  }

  private static MinMaxScalerModel minMaxScaler(Both train) {
    return new MinMaxScaler()
        .setInputCol(VECTOR)
        .setOutputCol("scaled")
        .fit(train.vectorsInSpark(spark));
  }

  @Test
  void robustScaleIsRobustScalerWhereQuartilesAreValues() {
    Both train = ladder(8);
    RobustScalerModel theirs =
        new RobustScaler()
            .setInputCol(VECTOR)
            .setOutputCol("scaled")
            .setWithCentering(true)
            .setRelativeError(1e-9)
            .fit(train.vectorsInSpark(spark));
    NumericEncoder ours = train.numeric(new RobustScale());
    assertEquals(theirs.median().apply(0), ours.center());
    assertEquals(theirs.range().apply(0), ours.scale());
    double[] expected = Both.transformed(theirs, train.vectorsInSpark(spark), "scaled");
    float[] encoded = train.encoded(train, new RobustScale());
    train.rows().forEach(row -> assertEquals(expected[row], encoded[row], Math.ulp(encoded[row])));
  }

  @Test
  void binsAreQuantileDiscretizersAndTwoMoreWhereQuantilesAreValues() {
    Both train = ladder(9);
    Bucketizer theirs =
        new QuantileDiscretizer()
            .setInputCol(X)
            .setOutputCol("bin")
            .setNumBuckets(10)
            .setRelativeError(0)
            .fit(train.inSpark(spark));
    BinEncoder ours = (BinEncoder) train.nominal(new QuantileBins(10)).nominal().get(0);
    double[] splits = theirs.getSplits();
    assertArrayEquals(
        Arrays.copyOfRange(splits, 1, splits.length - 1),
        ours.edges().stream().mapToDouble(Double::doubleValue).toArray(),
        1e-9);
    Both rows = Both.doubles(List.of(-1e300, 0.1, 70.1, 350.2, 699.9, 1e300));
    double[] expected = Both.transformed(theirs, rows.inSpark(spark), "bin");
    int[] indices = train.indices(rows, new QuantileBins(10));
    rows.rows()
        .forEach(row -> assertEquals(expected[row] + Vocabulary.FIRST, (double) indices[row]));
  }

  @Test
  void whereManyRowsHoldTheLeastValueSparkKeepsAnEmptyBinAndWeDoNot() {
    Both train = Both.doubles(List.of(0.0, 0.0, 0.0, 0.0, 0.0, 3.0, 9.0, 12.0));
    Bucketizer theirs =
        new QuantileDiscretizer()
            .setInputCol(X)
            .setOutputCol("bin")
            .setNumBuckets(4)
            .setRelativeError(0)
            .fit(train.inSpark(spark));
    assertEquals(0.0, theirs.getSplits()[1]);
    double[] bins = Both.transformed(theirs, train.inSpark(spark), "bin");
    assertTrue(DoubleStream.of(bins).noneMatch(bin -> bin == 0));
    BinEncoder ours = (BinEncoder) train.nominal(new QuantileBins(4)).nominal().get(0);
    assertTrue(ours.edges().get(0) > 0);
  }

  /** 1001 steps in any order: a rank stands at every thousandth. */
  private static Both ladder(long seed) {
    List<Double> steps = new ArrayList<>(LongStream.range(0, 1001).mapToObj(i -> i * 0.7).toList());
    Collections.shuffle(steps, new Random(seed));
    return Both.doubles(steps);
  }

  private static void close(double expected, double actual) {
    assertEquals(expected, actual, Math.abs(expected) * ROUNDING);
  }
}
