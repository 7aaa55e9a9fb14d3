package dev.almanac.runners.spark;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.StringAppender;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.NominalStep;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.NumericStep;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.schema.SourceColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** One column of cells, some of them null, as Almanac holds it and as Spark does. */
record Both(ColumnType type, List<?> cells) {
  /** The column's name on either side. */
  static final String X = "x";

  /** The same in a vector of one, which most of Spark ML's estimators read. */
  static final String VECTOR = "vector";

  Both {
    cells = Collections.unmodifiableList(new ArrayList<>(cells));
  }

  static Both doubles(List<Double> cells) {
    return new Both(ColumnType.DOUBLE, cells);
  }

  static Both longs(List<Long> cells) {
    return new Both(ColumnType.LONG, cells);
  }

  static Both texts(List<String> cells) {
    return new Both(ColumnType.STRING, cells);
  }

  Dataset<Row> inSpark(SparkSession spark) {
    DataType inSpark =
        switch (type) {
          case LONG -> DataTypes.LongType;
          case DOUBLE -> DataTypes.DoubleType;
          default -> DataTypes.StringType;
        };
    StructType schema =
        DataTypes.createStructType(
            new StructField[] {DataTypes.createStructField(X, inSpark, true)});
    List<Row> rows = new ArrayList<>();
    cells.forEach(cell -> rows.add(RowFactory.create(cell)));
    return spark.createDataFrame(rows, schema).coalesce(1);
  }

  /** With a vector, in which a null becomes NaN. */
  Dataset<Row> vectorsInSpark(SparkSession spark) {
    return new VectorAssembler()
        .setInputCols(new String[] {X})
        .setOutputCol(VECTOR)
        .setHandleInvalid("keep")
        .transform(inSpark(spark));
  }

  /** What a Spark model makes of each row, the first of a vector. */
  static double[] transformed(Transformer model, Dataset<Row> rows, String output) {
    return model.transform(rows).select(output).collectAsList().stream()
        .mapToDouble(
            row ->
                row.get(0) instanceof Vector vector
                    ? vector.apply(0)
                    : ((Number) row.get(0)).doubleValue())
        .toArray();
  }

  /** What Almanac learns of the column as a number. */
  NumericEncoder numeric(NumericStep... steps) {
    return fitted(true, new FitSteps(List.of(steps), FitSteps.DEFAULT.nominal(), Map.of()))
        .numeric()
        .get(0);
  }

  /** What Almanac makes of these rows, having learned from this column. */
  float[] encoded(Both rows, NumericStep... steps) {
    FittedTransform fitted =
        fitted(true, new FitSteps(List.of(steps), FitSteps.DEFAULT.nominal(), Map.of()));
    return ((FloatColumn) fitted.encode(rows.batch()).column(X)).values();
  }

  /** What Almanac learns of the column as a category. */
  FittedTransform nominal(NominalStep step) {
    return fitted(false, new FitSteps(FitSteps.DEFAULT.numeric(), List.of(step), Map.of()));
  }

  /** The index of each of these rows. */
  int[] indices(Both rows, NominalStep step) {
    return ((IntColumn) nominal(step).encode(rows.batch()).column(X)).values();
  }

  /** The numbers of each row in place of a category. */
  List<float[]> numbers(Both rows, NominalStep step) {
    FittedTransform fitted = nominal(step);
    ColumnBatch encoded = fitted.encode(rows.batch());
    return rows.rows()
        .mapToObj(
            row -> {
              float[] numbers = new float[fitted.numericNames().size()];
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] =
                    ((FloatColumn) encoded.column(fitted.numericNames().get(i))).values()[row];
              }
              return numbers;
            })
        .toList();
  }

  private FittedTransform fitted(boolean number, FitSteps steps) {
    List<String> x = List.of(X);
    List<String> none = List.of();
    FitPlan plan =
        FitPlan.of(
            List.of(new SourceColumn(X, type, null, cells.contains(null))),
            List.of(),
            new ModelColumns(null, null, number ? x : none, number ? none : x, none),
            steps);
    FitAccumulator train = plan.accumulator();
    train.add(batch());
    return plan.fit(train);
  }

  private ColumnBatch batch() {
    ColumnAppender appender = ColumnAppender.of(type);
    for (Object cell : cells) {
      if (cell == null) {
        appender.appendNull();
      } else if (appender instanceof LongAppender integers) {
        integers.append((Long) cell);
      } else if (appender instanceof DoubleAppender numbers) {
        numbers.append((Double) cell);
      } else {
        ((StringAppender) appender).append((String) cell);
      }
    }
    Column column = appender.build();
    Field field = cells.contains(null) ? Field.nullable(X, type) : Field.required(X, type);
    return ColumnBatch.of(TableSchema.of(field), column);
  }

  /** Those that are not null. */
  Both present() {
    return new Both(type, cells.stream().filter(cell -> cell != null).toList());
  }

  IntStream rows() {
    return IntStream.range(0, cells.size());
  }
}
