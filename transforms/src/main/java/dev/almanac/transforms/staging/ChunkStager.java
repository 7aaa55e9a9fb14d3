package dev.almanac.transforms.staging;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.feature.plan.UnreadableCells;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceRange;
import dev.almanac.transforms.source.SourceRows;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.split.LabeledRows;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a chunk of the source once: parses, computes features, splits by date, adds the rows of
 * train to the statistics and spools what the second pass needs. A range that an earlier dataset
 * kept is copied from there.
 *
 * <p>One instance reads one chunk. Trying a chunk again writes the same files again.
 */
public final class ChunkStager {
  private final DatasetJob job;
  private final List<String> usedColumns;

  public ChunkStager(DatasetJob job) {
    this.job = job;
    this.usedColumns = job.spoolSchema().names();
  }

  /** Stages a chunk all of which must be read. */
  public ChunkSummary stage(SourceChunk chunk) throws IOException {
    return stage(ChunkTask.of(chunk));
  }

  public ChunkSummary stage(ChunkTask task) throws IOException {
    SourceChunk chunk = task.chunk();
    String attempt = Staging.attempt();
    List<RangeSummary> ranges = new ArrayList<>();
    try (KeptRows earlier = new KeptRows(job);
        ChunkSink sink = new ChunkSink(job, chunk.number(), attempt);
        ChunkRejects rejects = rejects(chunk, attempt)) {
      for (int i = 0; i < chunk.ranges().size(); i++) {
        SourceRange range = chunk.ranges().get(i);
        KeptRange kept = task.kept().get(i);
        sink.begin(range);
        ranges.add(kept == null ? read(range, sink, rejects) : earlier.copy(range, kept, sink));
      }
      rejects.finish(ranges.stream().mapToLong(range -> range.ledger().rows().read()).sum());
      sink.finish();
      return new ChunkSummary(
          chunk.number(), sink.rows(), ranges, rejects.reasons(), rejects.first(), sink.kept());
    }
  }

  /**
   * The lines of rejects in a range, and whether they are any, are only known once the ranges
   * before it are.
   */
  private ChunkRejects rejects(SourceChunk chunk, String attempt) {
    Staging staging = job.staging();
    return chunk.ranges().get(0).from() == 0
        ? new ChunkRejects(
            "prepare", job.tolerance().rejects(), staging.rejects(chunk.number()), attempt)
        : new ChunkRejects(
            "prepare", RejectPolicy.any(), staging.rangeRejects(chunk.number()), attempt);
  }

  private RangeSummary read(SourceRange range, ChunkSink sink, ChunkRejects rejects)
      throws IOException {
    long[] rows = new long[Split.values().length];
    long outside = 0;
    long dropped = 0;
    FeaturePlan plan = job.fit().features();
    UnreadableCells cells =
        new UnreadableCells(plan, range.file().path(), Unreadable.GROUPS.size());
    RangeFindings.Gathered found = new RangeFindings.Gathered(job.begun());
    boolean bySource = job.splitsBySource();
    boolean hasClasses = job.fit().columns().labelKind().isClasses();
    ClassRows.Sum classes = new ClassRows.Sum();
    try (SourceRows reader =
        SourceRows.open(range, job.source().wanted(), job.source().format(), rejects)) {
      for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
        ColumnBatch dated = bySource ? batch : plan.apply(batch);
        byte[] codes = job.split().codes(dated);
        outside += DateSplit.rows(codes, DateSplit.OUTSIDE).length;
        LongColumn days = (LongColumn) dated.column(job.split().column());
        found.addDays(days.values(), codes, DateSplit.NO_DATE);
        cells.expect(Unreadable.groups(codes), reader::line);
        ColumnBatch features = plan.apply(batch, cells);
        dropped += LabeledRows.takeOut(codes, features.column(job.label()));
        if (hasClasses) {
          classes.add(features.column(job.label()), codes, range.file().path(), reader::line);
        }
        ColumnBatch used = features.select(usedColumns);
        for (Split split : Split.values()) {
          int[] chosen = DateSplit.rows(codes, split);
          rows[split.ordinal()] += chosen.length;
          if (chosen.length > 0) {
            sink.add(split, used.take(chosen));
          }
        }
      }
      SourceRows.Extent extent = reader.finish();
      SourceLedger ledger =
          SourceLedger.of(
              range.file().path(),
              range.bytes(),
              extent.hash(),
              new RowCounts(
                  reader.rowsRead(),
                  rows[0],
                  rows[1],
                  rows[2],
                  outside + found.undated(),
                  dropped,
                  reader.rowsRejected()));
      List<RangeFindings.Missing> missing =
          range.from() > 0
              ? List.of()
              : RangeFindings.missing(
                  job.sources(reader.missingColumns()), reader.columns(), job.wantedNames());
      return new RangeSummary(
          range,
          extent,
          ledger,
          cells.counts(),
          hasClasses ? classes.classes() : null,
          sink.end(),
          found.findings(missing));
    }
  }
}
