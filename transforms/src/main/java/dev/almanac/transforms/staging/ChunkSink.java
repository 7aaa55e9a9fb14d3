package dev.almanac.transforms.staging;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.manifest.DatasetFolder;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.source.SourceRange;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.spool.HashedFile;
import dev.almanac.transforms.spool.ShuffleKey;
import dev.almanac.transforms.spool.SpoolWriter;
import dev.almanac.transforms.spool.StagedFile;
import dev.almanac.transforms.storage.Storage;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the rows of a chunk's ranges: spools them for the second pass, adds those of train to the
 * statistics and, when the dataset keeps its source, keeps both by range. Not thread-safe.
 */
final class ChunkSink implements AutoCloseable {
  private final DatasetJob job;
  private final int chunk;
  private final FitAccumulator all;
  private final StagedFile statistics;
  private final SpoolWriter spool;
  private final SpoolWriter keptRows;
  private final HashedFile keptStatistics;
  private final List<SideFile> kept = new ArrayList<>();
  private final Map<String, Long> rows = new LinkedHashMap<>();
  private FitAccumulator own;
  private ShuffleKey key;
  private long trainRows;
  private long keptBytes;

  ChunkSink(DatasetJob job, int chunk, String attempt) throws IOException {
    Staging staging = job.staging();
    this.job = job;
    this.chunk = chunk;
    this.all = job.fit().accumulator();
    this.statistics = StagedFile.of(staging.statistics(chunk), attempt);
    for (Split split : Split.values()) {
      rows.put(split.text(), 0L);
    }
    boolean keeps = job.keepSource();
    this.spool =
        keeps && !job.layout().shuffled()
            ? null
            : new SpoolWriter(staging.spool(chunk), attempt, job.spoolSchema());
    this.keptRows =
        keeps ? new SpoolWriter(staging.keptRows(chunk), attempt, job.spoolSchema()) : null;
    this.keptStatistics = keeps ? new HashedFile(staging.keptStatistics(chunk), attempt) : null;
  }

  /** What comes next is of this range. */
  void begin(SourceRange range) {
    key = new ShuffleKey(job.layout().seed(), job.relative(range.file().path()), range.from());
    trainRows = 0;
    own = job.keepSource() ? job.fit().accumulator() : all;
  }

  /** Adds rows of the spool's schema. */
  void add(Split split, ColumnBatch batch) throws IOException {
    if (split == Split.TRAIN) {
      own.add(batch);
    }
    write(split, batch);
  }

  /** Adds rows whose statistics come by {@link #merge}. */
  void write(Split split, ColumnBatch batch) throws IOException {
    rows.merge(split.text(), (long) batch.rows(), Long::sum);
    if (keptRows != null) {
      keptRows.add(split, batch);
    }
    if (split == Split.TRAIN && job.layout().shuffled()) {
      spool.add(split, batch, key.keys(trainRows, batch.rows()));
      trainRows += batch.rows();
    } else if (keptRows == null) {
      spool.add(split, batch);
    }
  }

  void merge(FitAccumulator earlier) {
    own.merge(earlier);
  }

  /**
   * Ends the range.
   *
   * @return the offset of its statistics among the kept ones, or -1
   */
  long end() throws IOException {
    if (keptRows == null) {
      return -1;
    }
    keptRows.endRange();
    long offset = keptBytes;
    DataOutputStream out = new DataOutputStream(keptStatistics.out());
    own.write(out);
    out.flush();
    keptBytes += out.size();
    all.merge(own);
    return offset;
  }

  /** The rows of each split so far, by its name. */
  Map<String, Long> rows() {
    return rows;
  }

  /** What the dataset will keep, once {@link #finish} returned. */
  List<SideFile> kept() {
    return kept;
  }

  /** Completes the files and gives them their names. */
  void finish() throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Storage.create(statistics.writing()), 1 << 16))) {
      all.write(out);
    }
    if (keptRows != null) {
      kept.add(keptRows.finish(DatasetFolder.keptRows(chunk)));
      kept.add(keptStatistics.finish(DatasetFolder.keptStatistics(chunk)));
    }
    if (spool != null) {
      spool.finish();
    }
    statistics.finish();
  }

  @Override
  public void close() throws IOException {
    if (keptRows != null) {
      keptStatistics.close();
      keptRows.close();
    }
    if (spool != null) {
      spool.close();
    }
  }
}
