package dev.almanac.transforms.source;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.storage.StoredFile;
import dev.almanac.transforms.storage.WatchedFile;
import java.io.IOException;

/**
 * The rows of a file that must not change while they are read: when it does, that is what is told,
 * whatever the rows looked like.
 */
final class UnchangedRows extends PassedOnRows {
  /** Opens the rows of a file that is watched. */
  interface Opening {
    SourceRows open(WatchedFile file) throws IOException;
  }

  private final WatchedFile file;
  private final SourceRows rows;

  UnchangedRows(StoredFile listed, Opening opening) throws IOException {
    file = WatchedFile.of(listed);
    try {
      rows = opening.open(file);
    } catch (IOException | RuntimeException e) {
      file.blame(e);
      throw e;
    }
  }

  @Override
  SourceRows rows() {
    return rows;
  }

  @Override
  public ColumnBatch next() throws IOException {
    try {
      ColumnBatch batch = rows.next();
      if (batch == null) {
        file.check();
      }
      return batch;
    } catch (IOException | RuntimeException e) {
      file.blame(e);
      throw e;
    }
  }

  @Override
  public Extent finish() throws IOException {
    Extent extent = rows.finish();
    file.check();
    return extent;
  }
}
