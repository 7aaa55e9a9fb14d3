package dev.almanac.transforms.staging;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.source.SourceRange;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.spool.SpoolBlock;
import dev.almanac.transforms.spool.SpoolReader;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/** Copies what an earlier dataset kept of ranges of the source. Not thread-safe. */
final class KeptRows implements AutoCloseable {
  private final DatasetJob job;
  private String path;
  private SpoolReader rows;

  KeptRows(DatasetJob job) {
    this.job = job;
  }

  /**
   * Hands the range's rows and statistics to the sink, as reading it would. Its content was
   * compared before the work began.
   *
   * @throws IOException when the source file was changed since
   */
  RangeSummary copy(SourceRange range, KeptRange kept, ChunkSink sink) throws IOException {
    StoredFile listed = range.file();
    if (!Storage.look(listed.path()).equals(listed)) {
      throw new ForeseenException(
          "Cannot reuse what was kept of %s: the file was changed while it was in use; start again when it is complete"
              .formatted(listed.path()));
    }
    open(kept.rows());
    for (Split split : Split.values()) {
      for (SpoolBlock block : rows.blocks(split, kept.position())) {
        sink.write(split, rows.read(block).batch());
      }
    }
    sink.merge(statistics(kept));
    return new RangeSummary(
        kept.summary().range().of(range.file()),
        kept.summary().extent(),
        kept.summary().ledger(),
        kept.summary().unreadable(),
        kept.summary().classes(),
        sink.end(),
        kept.summary().findings());
  }

  private void open(String file) throws IOException {
    if (!file.equals(path)) {
      close();
      rows = new SpoolReader(file);
      path = file;
      if (!rows.schema().equals(job.spoolSchema())) {
        throw new ForeseenException(
            "Cannot reuse %s: its columns must be %s (%s)"
                .formatted(
                    file, Names.of(job.spoolSchema().names()), Names.of(rows.schema().names())));
      }
    }
  }

  private static FitAccumulator statistics(KeptRange kept) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(
                Storage.openFrom(kept.statistics(), kept.summary().statistics()), 1 << 16))) {
      return FitAccumulator.read(in);
    }
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
    }
  }
}
