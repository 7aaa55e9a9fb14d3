package dev.almanac.benchmarks.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** parquet-java: an Avro record a row, which is what Beam's ParquetIO makes, and its columns. */
final class ParquetJavaPasses {
  private ParquetJavaPasses() {}

  /** The reader that ParquetIO's own {@code ReadFiles} goes through, without the pipeline. */
  static Pass records(List<Path> files) {
    return add -> {
      long rows = 0;
      double labels = 0;
      for (Path file : files) {
        try (ParquetReader<GenericRecord> reader =
            AvroParquetReader.<GenericRecord>builder(
                    new LocalInputFile(file), new PlainParquetConfiguration())
                .build()) {
          for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
            rows++;
            labels += add ? (Float) row.get(Table.LABEL) : 0;
          }
        }
      }
      return new Pass.Sums(rows, labels);
    };
  }

  /** A column of a row group after the other, value by value into arrays. */
  static Pass columns(List<Path> files) {
    return add -> {
      long rows = 0;
      double labels = 0;
      for (Path file : files) {
        try (ParquetFileReader reader =
            ParquetFileReader.open(
                new LocalInputFile(file),
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                    .usePageChecksumVerification()
                    .build())) {
          MessageType schema = reader.getFileMetaData().getSchema();
          for (PageReadStore group = reader.readNextRowGroup();
              group != null;
              group = reader.readNextRowGroup()) {
            ColumnReadStoreImpl columns =
                new ColumnReadStoreImpl(
                    group,
                    new NoValues(schema.getFieldCount()),
                    schema,
                    reader.getFileMetaData().getCreatedBy());
            int count = (int) group.getRowCount();
            float[] values = new float[count];
            int[] indices = new int[count];
            for (ColumnDescriptor column : schema.getColumns()) {
              read(columns.getColumnReader(column), column, values, indices);
            }
            rows += count;
            for (int row = 0; add && row < count; row++) {
              labels += values[row];
            }
          }
        }
      }
      return new Pass.Sums(rows, labels);
    };
  }

  private static void read(
      ColumnReader reader, ColumnDescriptor column, float[] values, int[] indices)
      throws IOException {
    if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT) {
      for (int row = 0; row < values.length; row++) {
        values[row] = reader.getFloat();
        reader.consume();
      }
    } else {
      for (int row = 0; row < indices.length; row++) {
        indices[row] = reader.getInteger();
        reader.consume();
      }
    }
  }

  /** The column reader wants converters, though values are asked for one by one. */
  private static final class NoValues extends GroupConverter {
    private final int fields;

    NoValues(int fields) {
      this.fields = fields;
    }

    @Override
    public Converter getConverter(int field) {
      if (field >= fields) {
        throw new IndexOutOfBoundsException(field);
      }
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
