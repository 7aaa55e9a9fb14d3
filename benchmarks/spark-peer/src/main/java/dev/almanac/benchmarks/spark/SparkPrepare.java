package dev.almanac.benchmarks.spark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.stddev_pop;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * What {@code benchmarks/prepare.yaml} prepares, in Spark SQL and MLlib: read once, cached, one
 * pass for the numbers' means and deviations, one for the vocabulary, one that writes all splits.
 *
 * <p>Imputer and StandardScaler are plain aggregates here: MLlib's Imputer and StandardScaler each
 * pass over the rows again and need them as vectors. The index is MLlib's StringIndexerModel.
 *
 * <p>Arguments: folder, output, {@code source|shuffled}, threads.
 */
public final class SparkPrepare {
  private static final int TRAIN = 0;
  private static final int MEGABYTES_A_PARTITION = 32;
  private static final int GZIP_EXPANSION = 12;

  /** About 131,072 rows of 62 bytes. */
  private static final int ROW_GROUP_BYTES = 8 << 20;

  private SparkPrepare() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path output = Path.of(arguments[1]);
    boolean shuffled = arguments[2].equals("shuffled");
    int threads = Integer.parseInt(arguments[3]);
    try (SparkSession spark = session(threads, output)) {
      List<String> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.map(Path::toString).filter(name -> name.contains(".csv")).sorted().toList();
      }
      Dataset<Row> rows =
          rows(StationFiles.read(spark, files, partitions(files, threads)))
              .persist(StorageLevel.MEMORY_ONLY());
      write(encoded(rows), output.resolve("dataset"), shuffled);
    }
  }

  private static SparkSession session(int threads, Path output) {
    return SparkSession.builder()
        .master("local[" + threads + "]")
        .appName("prepare")
        .config("spark.ui.enabled", false)
        .config("spark.local.dir", output.resolve("local").toString())
        .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .config("spark.sql.shuffle.partitions", threads)
        .config("spark.sql.adaptive.enabled", false)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.datetime.java8API.enabled", true)
        .config("spark.sql.inMemoryColumnarStorage.compressed", false)
        .config("spark.memory.fraction", 0.8)
        .config("spark.sql.files.openCostInBytes", 0)
        // All splits from one pass, without sorting by split first.
        .config("spark.sql.maxConcurrentOutputFileWriters", 4)
        .config("spark.sql.parquet.compression.codec", "uncompressed")
        .config("spark.hadoop.parquet.enable.dictionary", false)
        .config("spark.hadoop.parquet.block.size", ROW_GROUP_BYTES)
        .config("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", 2)
        .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", false)
        .getOrCreate();
  }

  private static int partitions(List<String> files, int threads) {
    long bytes =
        files.stream()
            .map(Path::of)
            .mapToLong(
                file ->
                    file.toFile().length() * (file.toString().endsWith(".gz") ? GZIP_EXPANSION : 1))
            .sum();
    long wanted = bytes / MEGABYTES_A_PARTITION / 1_000_000;
    return (int) Math.min(files.size(), Math.max(2L * threads, wanted));
  }

  /** The rows with a label, inside the ranges, with their split. */
  private static Dataset<Row> rows(Dataset<Row> source) {
    Dataset<Row> rows = source;
    for (String name : Columns.FLAGGED) {
      Column flag = functions.split(col(name + "_ATTRIBUTES"), ",", 3).getItem(1);
      rows =
          rows.withColumn(
              name, when(flag.isNull().or(functions.trim(flag).equalTo("")), col(name)));
    }
    Column turn = functions.dayofyear(col("DATE")).minus(1).multiply(2 * Math.PI).divide(365.2425);
    return rows.where(col("TMAX").isNotNull().and(col("DATE").geq(lit("1985-01-01"))))
        .withColumn("day_sin", functions.sin(turn))
        .withColumn("day_cos", functions.cos(turn))
        .withColumn(
            "split",
            when(col("DATE").lt(lit("2013-01-01")), TRAIN)
                .when(col("DATE").lt(lit("2015-01-01")), 1)
                .otherwise(2))
        .drop(Columns.FLAGGED.stream().map(name -> name + "_ATTRIBUTES").toArray(String[]::new));
  }

  private static Dataset<Row> encoded(Dataset<Row> rows) {
    Dataset<Row> train = rows.where(col("split").equalTo(TRAIN));
    List<String> numeric = new ArrayList<>(Columns.NUMERIC);
    numeric.addAll(List.of("day_sin", "day_cos"));
    List<Column> asked = new ArrayList<>();
    for (String name : numeric) {
      asked.add(avg(col(name)));
      asked.add(stddev_pop(col(name)));
    }
    Row fit =
        train
            .agg(asked.get(0), asked.subList(1, asked.size()).toArray(Column[]::new))
            .collectAsList()
            .get(0);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < numeric.size(); i++) {
      columns.add(standardized(numeric.get(i), fit.getDouble(2 * i), fit.getDouble(2 * i + 1)));
    }
    String[] vocabulary =
        train
            .groupBy("STATION")
            .count()
            .orderBy(col("count").desc(), col("STATION"))
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toArray(String[]::new);
    StringIndexerModel indexer = new StringIndexerModel(vocabulary);
    indexer.setInputCol("STATION").setOutputCol("index").setHandleInvalid("keep");
    // Ours: 0 is null, 1 unknown, values from 2.
    columns.add(
        when(col("index").equalTo(vocabulary.length), 1)
            .otherwise(col("index").plus(2))
            .cast("int")
            .as("STATION"));
    columns.add(col("TMAX").cast("float").as("TMAX"));
    columns.add(col("STATION").as("keep.STATION"));
    columns.add(col("DATE").as("keep.DATE"));
    columns.add(col("split"));
    return indexer.transform(rows).select(columns.toArray(Column[]::new));
  }

  private static Column standardized(String name, double mean, double deviation) {
    String output =
        switch (name) {
          case "day_sin" -> "DATE.day-of-year-sin";
          case "day_cos" -> "DATE.day-of-year-cos";
          default -> name;
        };
    return coalesce(col(name).minus(mean).divide(deviation > 0 ? deviation : 1), lit(0.0))
        .cast("float")
        .as(output);
  }

  private static void write(Dataset<Row> encoded, Path output, boolean shuffled) {
    if (!shuffled) {
      encoded.write().partitionBy("split").parquet(output.toString());
      return;
    }
    String[] kept = encoded.columns();
    Column isTrain = col("split").equalTo(TRAIN);
    encoded
        .where(isTrain)
        .orderBy(functions.hash(col("`keep.STATION`"), col("`keep.DATE`")))
        .select(Arrays.stream(kept).map(name -> col("`" + name + "`")).toArray(Column[]::new))
        .write()
        .partitionBy("split")
        .parquet(output.toString());
    encoded
        .where(functions.not(isTrain))
        .write()
        .mode(SaveMode.Append)
        .partitionBy("split")
        .parquet(output.toString());
  }
}
