package dev.almanac.transforms.dataset;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.Reject;
import dev.almanac.transforms.csv.RejectReason;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.ParquetTypes;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The rows of a parquet file as a source.
 *
 * <p>Types are the file's own and must be the schema's. A row is rejected that holds NaN or an
 * infinity, or nothing where the schema wants a value; its line is its number in the file, from 1.
 */
final class ParquetRows implements SourceRows {
  private final String file;
  private final List<SourceColumn> wanted;
  private final TableSchema schema;
  private final List<String> columns;
  private final Set<String> present;
  private final ParquetBatchReader reader;
  private final Consumer<Reject> rejects;
  private int[] good = {};
  private long rowsBefore;
  private long rowsRead;
  private long rowsRejected;

  ParquetRows(String file, List<SourceColumn> wanted, Consumer<Reject> rejects) throws IOException {
    this.file = file;
    this.wanted = List.copyOf(wanted);
    this.schema = TableSchema.of(wanted.stream().map(SourceColumn::field).toList());
    this.rejects = rejects;
    TableSchema found = ParquetSchema.of(file);
    this.columns = found.names();
    this.present = new TreeSet<>(found.names());
    present.retainAll(schema.names());
    check(found);
    this.reader =
        ParquetBatchReader.open(
            file, SourceRows.batchRows(present.size()), List.copyOf(present), ParquetTypes.WIDENED);
  }

  private void check(TableSchema found) throws IOException {
    for (SourceColumn column : wanted) {
      if (!present.contains(column.name())) {
        if (!column.nullable()) {
          throw new ForeseenException(
              "Cannot read %s: it has no column '%s', which may not be missing (its columns are %s)"
                  .formatted(file, column.name(), found.names()));
        }
      } else if (found.field(column.name()).type() != column.type()) {
        throw new ForeseenException(
            "Cannot read %s: column '%s' must be %s (it is %s)"
                .formatted(file, column.name(), column.type(), found.field(column.name()).type()));
      }
    }
  }

  @Override
  public ColumnBatch next() throws IOException {
    for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
      good = good(batch);
      rowsBefore = rowsRead;
      rowsRead += batch.rows();
      if (good.length > 0) {
        return complete(good.length == batch.rows() ? batch : batch.take(good));
      }
    }
    return null;
  }

  private int[] good(ColumnBatch batch) {
    int[] good = new int[batch.rows()];
    int size = 0;
    for (int row = 0; row < batch.rows(); row++) {
      if (isGood(batch, row)) {
        good[size++] = row;
      } else {
        rowsRejected++;
      }
    }
    return Arrays.copyOf(good, size);
  }

  private boolean isGood(ColumnBatch batch, int row) {
    for (SourceColumn column : wanted) {
      if (!present.contains(column.name())) {
        continue;
      }
      Column cells = batch.column(column.name());
      if (cells.isNull(row)) {
        if (!column.nullable()) {
          reject(row, column.name(), RejectReason.MISSING, "");
          return false;
        }
      } else if (cells instanceof DoubleColumn numbers && !Double.isFinite(numbers.values()[row])) {
        reject(row, column.name(), RejectReason.NOT_FINITE, cells.text(row));
        return false;
      }
    }
    return true;
  }

  private void reject(int row, String column, RejectReason reason, String text) {
    rejects.accept(new Reject(file, rowsRead + row + 1, -1, column, reason, text));
  }

  /** The batch in the wanted order, with nulls for what the file lacks. */
  private ColumnBatch complete(ColumnBatch batch) {
    List<Column> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      if (present.contains(field.name())) {
        columns.add(batch.column(field.name()));
      } else {
        ColumnAppender nulls = ColumnAppender.of(field.type());
        for (int row = 0; row < batch.rows(); row++) {
          nulls.appendNull();
        }
        columns.add(nulls.build());
      }
    }
    return new ColumnBatch(schema, columns, batch.rows());
  }

  @Override
  public long line(int row) {
    return rowsBefore + good[row] + 1;
  }

  @Override
  public long rowsRead() {
    return rowsRead;
  }

  @Override
  public long rowsRejected() {
    return rowsRejected;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<String> missingColumns() {
    return schema.names().stream().filter(name -> !present.contains(name)).toList();
  }

  @Override
  public Extent finish() {
    return new Extent(0, 0, 0, null);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
