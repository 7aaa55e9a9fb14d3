package dev.almanac.transforms.staging;

import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceRange;
import dev.almanac.transforms.storage.Redo;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes sure that the ranges of a file, read apart, are what reading it in one piece gives.
 *
 * <p>The first range is right, for it begins with the file. Where a range ends, the next row
 * starts; if the following range took the same place for its first row, then it is right too. If it
 * did not, the line break it began behind was inside a quoted cell: it is read again from the true
 * place, and with its end the next one is judged. So nothing is guessed, and nothing is read twice
 * but what such a cell misled.
 */
public final class RangeChain {
  private final DatasetJob job;

  public RangeChain(DatasetJob job) {
    this.job = job;
  }

  /**
   * The summaries of right ranges, with the lines of their rejects counted from the file's start.
   *
   * @param summaries in the order of the chunks
   */
  public List<ChunkSummary> settled(List<ChunkSummary> summaries) throws IOException {
    List<ChunkSummary> settled = new ArrayList<>();
    long end = 0;
    long lines = 0;
    for (ChunkSummary summary : summaries) {
      RangeSummary range = summary.ranges().get(0);
      if (range.range().from() == 0) {
        lines = 0;
      } else {
        if (range.extent().start() != end) {
          summary = readAgain(summary.chunk(), range.range().startingAt(end));
          range = summary.ranges().get(0);
        }
        summary = withLines(summary, lines);
      }
      end = range.extent().end();
      lines += range.extent().lines();
      settled.add(summary);
    }
    return settled;
  }

  private ChunkSummary readAgain(int chunk, SourceRange range) throws IOException {
    Storage.delete(List.of(job.staging().rangeRejects(chunk)));
    SourceChunk again = new SourceChunk(chunk, List.of(range));
    return Redo.whileUploadsFail(() -> new ChunkStager(job).stage(again));
  }

  private ChunkSummary withLines(ChunkSummary summary, long before) throws IOException {
    if (summary.rejectReasons().isEmpty()) {
      return summary;
    }
    Staging staging = job.staging();
    RejectLog.copy(staging.rangeRejects(summary.chunk()), staging.rejects(summary.chunk()), before);
    return new ChunkSummary(
        summary.chunk(),
        summary.spooled(),
        summary.ranges(),
        summary.rejectReasons(),
        summary.firstRejects().stream().map(reject -> reject.after(before)).toList(),
        summary.kept());
  }
}
