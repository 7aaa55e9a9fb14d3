package dev.almanac.transforms.dataset;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.source.SourceRows;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Parquet files as others write them, and reading them as a source. */
final class ForeignParquet {
  private ForeignParquet() {}

  /** Writes rows by parquet-java itself. */
  static String write(
      Path file,
      String schema,
      int rows,
      BiConsumer<Group, Integer> row,
      Consumer<ExampleParquetWriter.Builder> settings)
      throws IOException {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    ExampleParquetWriter.Builder builder =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(type)
            .withConf(new PlainParquetConfiguration());
    settings.accept(builder);
    try (ParquetWriter<Group> writer = builder.build()) {
      for (int i = 0; i < rows; i++) {
        Group group = new SimpleGroup(type);
        row.accept(group, i);
        writer.write(group);
      }
    }
    return file.toString();
  }

  static void duckDb(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A decimal's unscaled value in so many bytes. */
  static Binary fixed(BigInteger unscaled, int bytes) {
    byte[] short1 = unscaled.toByteArray();
    byte[] all = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      int from = short1.length - bytes + i;
      all[i] = from >= 0 ? short1[from] : (byte) (unscaled.signum() < 0 ? -1 : 0);
    }
    return Binary.fromConstantByteArray(all);
  }

  /** A point in time as INT96. */
  static Binary int96(long day, long nanosOfDay) {
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(nanosOfDay).putInt((int) (day + 2_440_588));
    return Binary.fromConstantByteArray(bytes.array());
  }

  /** What reading a file came to. */
  record Read(List<String> rows, List<Reject> rejects, String hash) {}

  static Read read(String file, List<SourceColumn> wanted) throws IOException {
    return read(file, wanted, CsvFormat.standard());
  }

  static Read read(String file, List<SourceColumn> wanted, CsvFormat format) throws IOException {
    List<String> rows = new ArrayList<>();
    List<Reject> rejects = new ArrayList<>();
    try (SourceRows source = SourceRows.open(file, wanted, format, rejects::add)) {
      for (ColumnBatch batch = source.next(); batch != null; batch = source.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          List<String> cells = new ArrayList<>();
          for (SourceColumn column : wanted) {
            Column cell = batch.column(column.name());
            cells.add(cell.text(row));
          }
          rows.add(String.join("|", cells.stream().map(String::valueOf).toList()));
        }
      }
      return new Read(rows, rejects, source.finish().hash());
    }
  }
}
