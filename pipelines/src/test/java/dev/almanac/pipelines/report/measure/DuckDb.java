package dev.almanac.pipelines.report.measure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Answers queries over parquet files: another program that counts the same things. */
final class DuckDb {
  private DuckDb() {}

  /** The rows of a query, each a list of numbers, texts and nulls. */
  static List<List<Object>> query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      while (found.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.add(found.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  static double number(Object cell) {
    return ((Number) cell).doubleValue();
  }

  static long count(Object cell) {
    return ((Number) cell).longValue();
  }
}
