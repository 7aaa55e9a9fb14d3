package dev.almanac.transforms.source;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.ParquetColumns;
import dev.almanac.transforms.parquet.ReadColumn;
import dev.almanac.transforms.parquet.UnfitCell;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The rows of a parquet file as a source.
 *
 * <p>Cells are read as the schema's types, by value, whatever the file stores them as. A row is
 * rejected that holds a cell that is no such value, an infinity, NaN where it is not listed as
 * missing, or nothing where the schema wants a value; its line is its number in the file, from 1.
 */
final class ParquetRows implements SourceRows {
  private final String file;
  private final List<SourceColumn> wanted;
  private final TableSchema schema;
  private final List<String> columns;
  private final Set<String> present;
  private final Map<String, NumberNulls> nulls;
  private final List<ParquetBatchReader> readers = new ArrayList<>();
  private final Consumer<Reject> rejects;
  private int[] good = {};
  private long rowsBefore;
  private long rowsRead;
  private long rowsRejected;

  ParquetRows(String file, List<SourceColumn> wanted, CsvFormat format, Consumer<Reject> rejects)
      throws IOException {
    this.file = file;
    this.wanted = List.copyOf(wanted);
    this.schema = SourceColumn.schema(wanted);
    this.rejects = rejects;
    this.nulls = new HashMap<>();
    ParquetColumns found = ParquetColumns.of(file);
    this.columns = found.names();
    this.present = new TreeSet<>();
    // A column that is read a second time, as text, comes from a reader of its own.
    List<List<ReadColumn>> reads = new ArrayList<>(List.of(new ArrayList<>()));
    for (SourceColumn column : wanted) {
      if (found.names().contains(column.source())) {
        present.add(column.name());
        NumberNulls of = NumberNulls.of(format.nulls(column.source()));
        readFor(column.source(), reads).add(ReadColumn.of(column, format.decimal(), of::isNull));
        if (!of.isEmpty()) {
          nulls.put(column.name(), of);
        }
      } else if (!column.nullable()) {
        throw new ForeseenException(
            "Cannot read %s: it has no column '%s', which may not be missing (its columns are %s)"
                .formatted(file, Names.of(column.source()), Names.of(found.names())));
      }
    }
    try {
      for (List<ReadColumn> read : reads) {
        readers.add(ParquetBatchReader.open(file, SourceRows.batchRows(present.size()), read));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static List<ReadColumn> readFor(String stored, List<List<ReadColumn>> reads) {
    for (List<ReadColumn> read : reads) {
      if (read.stream().noneMatch(column -> column.stored().equals(stored))) {
        return read;
      }
    }
    reads.add(new ArrayList<>());
    return reads.get(reads.size() - 1);
  }

  /** The next rows of all readers, whose batches have the same rows. */
  private ColumnBatch read(Map<Integer, UnfitCell> unfit) throws IOException {
    ColumnBatch first = readers.get(0).read();
    readers.get(0).takeUnfit().forEach(cell -> unfit.putIfAbsent(cell.row(), cell));
    for (ParquetBatchReader reader : readers.subList(1, readers.size())) {
      ColumnBatch more = reader.read();
      reader.takeUnfit().forEach(cell -> unfit.putIfAbsent(cell.row(), cell));
      if (first != null) {
        List<Field> fields = new ArrayList<>(first.schema().fields());
        fields.addAll(more.schema().fields());
        List<Column> columns = new ArrayList<>();
        for (Field field : fields) {
          columns.add((first.schema().contains(field.name()) ? first : more).column(field.name()));
        }
        first = new ColumnBatch(TableSchema.of(fields), columns, first.rows());
      }
    }
    return first;
  }

  @Override
  public ColumnBatch next() throws IOException {
    while (true) {
      Map<Integer, UnfitCell> unfit = new HashMap<>();
      ColumnBatch batch = read(unfit);
      if (batch == null) {
        return null;
      }
      batch = withNulls(batch);
      good = good(batch, unfit);
      rowsBefore = rowsRead;
      rowsRead += batch.rows();
      if (good.length > 0) {
        return complete(good.length == batch.rows() ? batch : batch.take(good));
      }
    }
  }

  private ColumnBatch withNulls(ColumnBatch batch) {
    if (nulls.isEmpty()) {
      return batch;
    }
    List<Column> columns = new ArrayList<>();
    for (Field field : batch.schema().fields()) {
      Column cells = batch.column(field.name());
      NumberNulls of = nulls.get(field.name());
      columns.add(of == null ? cells : of.in(cells, field.type()));
    }
    return new ColumnBatch(batch.schema(), columns, batch.rows());
  }

  private int[] good(ColumnBatch batch, Map<Integer, UnfitCell> unfit) {
    int[] good = new int[batch.rows()];
    int size = 0;
    for (int row = 0; row < batch.rows(); row++) {
      UnfitCell cell = unfit.isEmpty() ? null : unfit.get(row);
      if (cell != null) {
        reject(row, cell.column(), cell.reason(), cell.text());
        rowsRejected++;
      } else if (isGood(batch, row)) {
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
      } else if (!cells.isFinite(row)) {
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
  public Extent finish() throws IOException {
    try (ContentHash bytes = new ContentHash(Storage.open(file), 0, 0, SourceRange.END)) {
      return new Extent(0, 0, 0, bytes.finish());
    }
  }

  @Override
  public void close() throws IOException {
    for (ParquetBatchReader reader : readers) {
      reader.close();
    }
  }
}
