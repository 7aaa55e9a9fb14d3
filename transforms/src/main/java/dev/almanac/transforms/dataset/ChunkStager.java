package dev.almanac.transforms.dataset;

import dev.almanac.transforms.artifact.SourceLedger;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.FitAccumulator;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a chunk of the source once: parses, computes features, splits by date, adds the rows of
 * train to the statistics and spools what the second pass needs.
 *
 * <p>One instance reads one chunk. Trying a chunk again writes the same files again.
 */
public final class ChunkStager {
  private final DatasetJob job;
  private final FitAccumulator statistics;
  private final List<SourceLedger> ledgers = new ArrayList<>();
  private final Map<String, Long> spooled = new LinkedHashMap<>();

  public ChunkStager(DatasetJob job) {
    this.job = job;
    this.statistics = job.fit().accumulator();
    for (Split split : Split.values()) {
      spooled.put(split.text(), 0L);
    }
  }

  public ChunkSummary stage(SourceChunk chunk) throws IOException {
    Staging staging = job.staging();
    String attempt = Staging.attempt();
    try (SpoolWriter spool =
            new SpoolWriter(staging.spool(chunk.number()), attempt, job.spoolSchema());
        ChunkRejects rejects =
            new ChunkRejects("prepare", job.rejects(), staging.rejects(chunk.number()), attempt)) {
      for (StoredFile file : chunk.files()) {
        stage(file, spool, rejects);
      }
      rejects.finish(ledgers.stream().mapToLong(SourceLedger::read).sum());
      writeStatistics(staging.statistics(chunk.number()), attempt);
      spool.finish();
      return new ChunkSummary(chunk.number(), spooled, ledgers, rejects.reasons(), rejects.first());
    }
  }

  private void stage(StoredFile file, SpoolWriter spool, ChunkRejects rejects) throws IOException {
    ShuffleKey key = new ShuffleKey(job.layout().seed(), job.relative(file.path()));
    long[] rows = new long[Split.values().length];
    long outside = 0;
    long dropped = 0;
    long taken = 0;
    try (SourceRows reader = SourceRows.open(file.path(), job.wanted(), job.format(), rejects)) {
      for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
        byte[] codes = job.split().codes(batch);
        outside += DateSplit.rows(codes, DateSplit.OUTSIDE).length;
        ColumnBatch features = job.fit().features().apply(batch);
        dropped += dropUnlabeled(codes, features);
        for (Split split : Split.values()) {
          int[] chosen = DateSplit.rows(codes, split);
          rows[split.ordinal()] += chosen.length;
          if (chosen.length > 0) {
            add(split, features, chosen, key, taken, spool);
          }
        }
        taken += batch.rows();
      }
      ledgers.add(
          new SourceLedger(
              file.path(),
              file.bytes(),
              reader.rowsRead(),
              rows[0],
              rows[1],
              rows[2],
              outside,
              dropped,
              reader.rowsRejected()));
    }
    for (Split split : Split.values()) {
      spooled.merge(split.text(), rows[split.ordinal()], Long::sum);
    }
  }

  private void add(
      Split split, ColumnBatch features, int[] rows, ShuffleKey key, long first, SpoolWriter spool)
      throws IOException {
    TableSchema kept = job.spoolSchema();
    ColumnBatch chosen = features.select(kept.names());
    if (rows.length < chosen.rows()) {
      chosen = chosen.take(rows);
    }
    if (split == Split.TRAIN) {
      statistics.add(chosen);
    }
    if (split == Split.TRAIN && job.layout().shuffled()) {
      spool.add(split, chosen, key.keys(first, rows));
    } else {
      spool.add(split, chosen);
    }
  }

  /** Takes rows without a label out of their split; returns how many there were. */
  private long dropUnlabeled(byte[] codes, ColumnBatch features) {
    Column label = features.column(job.label());
    if (label.nulls() == 0) {
      return 0;
    }
    long dropped = 0;
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] >= 0 && label.isNull(row)) {
        codes[row] = Byte.MIN_VALUE;
        dropped++;
      }
    }
    return dropped;
  }

  private void writeStatistics(String path, String attempt) throws IOException {
    StagedFile file = StagedFile.of(path, attempt);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Storage.create(file.writing())))) {
      statistics.write(out);
    }
    file.finish();
  }
}
