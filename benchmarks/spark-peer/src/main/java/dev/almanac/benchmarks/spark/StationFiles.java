package dev.almanac.benchmarks.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Station files, whose columns differ from file to file, by column name.
 *
 * <p>Spark's own CSV source takes an explicit schema by position, so it would need one scan for
 * each header there is, nearly as many as files; this is one plan whatever their number, with the
 * same parser inside.
 */
final class StationFiles {
  private StationFiles() {}

  /** The rows in the order of the files. */
  static Dataset<Row> read(SparkSession spark, List<String> files, int partitions) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return spark.createDataFrame(
        context.parallelize(files, partitions).flatMap(StationFiles::rows),
        Columns.schema(Columns.SOURCE));
  }

  private static Iterator<Row> rows(String file) {
    return StationParser.open(file);
  }
}
