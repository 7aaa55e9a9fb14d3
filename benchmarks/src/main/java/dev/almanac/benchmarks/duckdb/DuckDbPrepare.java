package dev.almanac.benchmarks.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The comparison's DuckDB, a process of its own with nothing on its class path but this and the
 * JDBC driver: an in-memory database, {@link PrepareSql}, one parquet file a split.
 *
 * <p>Arguments: glob of the files, output folder, {@code source|shuffled}, threads.
 */
public final class DuckDbPrepare {
  private final Statement statement;
  private long start = System.nanoTime();

  private DuckDbPrepare(Statement statement) {
    this.statement = statement;
  }

  public static void main(String[] arguments) throws SQLException {
    run(
        arguments[0],
        Path.of(arguments[1]),
        arguments[2].equals("shuffled"),
        Integer.parseInt(arguments[3]));
  }

  /** Prepares into a folder that exists. */
  static void run(String glob, Path output, boolean shuffled, int threads) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = " + threads);
      new DuckDbPrepare(statement).prepare(glob, output, shuffled);
    }
  }

  private void prepare(String glob, Path output, boolean shuffled) throws SQLException {
    statement.execute(PrepareSql.load(glob));
    took("load");
    double[] moments = new double[PrepareSql.momentCount()];
    try (ResultSet found = statement.executeQuery(PrepareSql.moments())) {
      found.next();
      for (int i = 0; i < moments.length; i++) {
        moments[i] = found.getDouble(i + 1);
      }
    }
    statement.execute(PrepareSql.vocabulary());
    took("fit");
    for (int split = 0; split < PrepareSql.SPLITS.size(); split++) {
      Path file = output.resolve(PrepareSql.SPLITS.get(split) + ".parquet");
      statement.execute(PrepareSql.copy(split, moments, shuffled, file.toString()));
    }
    took("write");
  }

  private void took(String stage) {
    long now = System.nanoTime();
    System.out.printf("%s %.2f s%n", stage, (now - start) / 1e9);
    start = now;
  }
}
