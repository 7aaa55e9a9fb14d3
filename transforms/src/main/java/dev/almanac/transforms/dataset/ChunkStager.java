package dev.almanac.transforms.dataset;

import dev.almanac.transforms.artifact.SourceLedger;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.Reject;
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
import java.util.TreeMap;

/**
 * Reads a chunk of the source once: parses, computes features, splits by date, adds the rows of
 * train to the statistics and spools what the second pass needs.
 *
 * <p>One instance reads one chunk. Trying a chunk again writes the same files again.
 */
public final class ChunkStager {
  private static final int FIRST_REJECTS = 5;

  private final DatasetJob job;
  private final TableSchema kept;
  private final List<String> keptNames;
  private final FitAccumulator statistics;
  private final List<SourceLedger> ledgers = new ArrayList<>();
  private final Map<String, Long> spooled = new LinkedHashMap<>();
  private final Map<String, Long> rejectReasons = new TreeMap<>();
  private final List<String> firstRejects = new ArrayList<>();

  public ChunkStager(DatasetJob job) {
    this.job = job;
    this.kept = job.spoolSchema();
    this.keptNames = kept.names();
    this.statistics = job.fit().accumulator();
    for (Split split : Split.values()) {
      spooled.put(split.text(), 0L);
    }
  }

  public ChunkSummary stage(SourceChunk chunk) throws IOException {
    Staging staging = job.staging();
    String attempt = Staging.attempt();
    try (SpoolWriter spool = new SpoolWriter(staging.spool(chunk.number()), attempt, kept);
        RejectLog rejects = new RejectLog(staging.rejects(chunk.number()), attempt)) {
      for (StoredFile file : chunk.files()) {
        stage(file, spool, rejects);
      }
      writeStatistics(staging.statistics(chunk.number()), attempt);
      rejects.finish();
      spool.finish();
    }
    return new ChunkSummary(chunk.number(), spooled, ledgers, rejectReasons, firstRejects);
  }

  private void stage(StoredFile file, SpoolWriter spool, RejectLog rejects) throws IOException {
    ShuffleKey key = new ShuffleKey(job.layout().seed(), job.relative(file.path()));
    long[] rows = new long[Split.values().length];
    long outside = 0;
    long dropped = 0;
    long taken = 0;
    try (SourceRows reader =
        SourceRows.open(
            file.path(), job.wanted(), job.format(), reject -> rejected(reject, rejects))) {
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
    ColumnBatch chosen = features.select(keptNames);
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

  private void rejected(Reject reject, RejectLog rejects) {
    rejects.add(reject);
    rejectReasons.merge(reject.reason().text(), 1L, Long::sum);
    if (firstRejects.size() < FIRST_REJECTS) {
      firstRejects.add(reject.toString());
    }
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
