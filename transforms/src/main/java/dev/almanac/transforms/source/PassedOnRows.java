package dev.almanac.transforms.source;

import dev.almanac.transforms.column.ColumnBatch;
import java.io.IOException;
import java.util.List;

/** Rows that come from others: what a kind of them does not say otherwise is what those say. */
abstract class PassedOnRows implements SourceRows {
  /** Those that say it. */
  abstract SourceRows rows();

  @Override
  public ColumnBatch next() throws IOException {
    return rows().next();
  }

  @Override
  public long line(int row) {
    return rows().line(row);
  }

  @Override
  public long rowsRead() {
    return rows().rowsRead();
  }

  @Override
  public long rowsRejected() {
    return rows().rowsRejected();
  }

  @Override
  public List<String> columns() {
    return rows().columns();
  }

  @Override
  public List<String> missingColumns() {
    return rows().missingColumns();
  }

  @Override
  public Extent finish() throws IOException {
    return rows().finish();
  }

  @Override
  public void close() throws IOException {
    rows().close();
  }
}
