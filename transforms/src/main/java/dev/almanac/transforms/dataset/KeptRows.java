package dev.almanac.transforms.dataset;

import dev.almanac.transforms.encode.FitAccumulator;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
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

  /** Whether an earlier dataset kept the range as it is now. */
  boolean holds(SourceRange range) throws IOException {
    KeptRange kept = range.kept();
    return kept != null
        && (kept.isAsOld(range) || hash(range).equals(kept.summary().extent().hash()));
  }

  /** The hash of the range's bytes, read for it alone. */
  private static String hash(SourceRange range) throws IOException {
    try (ContentHash bytes =
        new ContentHash(
            Storage.openFrom(range.file().path(), range.from()),
            range.from(),
            range.from(),
            range.until())) {
      return bytes.finish();
    }
  }

  /** Hands the range's rows and statistics to the sink, as reading it would. */
  RangeSummary copy(SourceRange range, ChunkSink sink) throws IOException {
    KeptRange kept = range.kept();
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
        sink.end());
  }

  private void open(String file) throws IOException {
    if (!file.equals(path)) {
      close();
      rows = new SpoolReader(file);
      path = file;
      if (!rows.schema().equals(job.spoolSchema())) {
        throw new ForeseenException(
            "Cannot reuse %s: its columns must be %s (%s)"
                .formatted(file, job.spoolSchema().names(), rows.schema().names()));
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
