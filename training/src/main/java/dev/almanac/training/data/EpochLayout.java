package dev.almanac.training.data;

import dev.almanac.training.data.shuffle.LastBatch;
import dev.almanac.training.data.shuffle.ReaderConfig;

/**
 * Which rows of an epoch's order go into which step on which rank.
 *
 * <p>The order is cut into global batches of {@code batchSize * ranks} rows, and each rank takes
 * its slice of each. So all ranks have the same number of steps, no row is on two ranks, and a
 * position in the order means the same on every rank. The last global batch is often incomplete:
 * {@link LastBatch} says what happens to its rows. No row is repeated to fill a batch.
 *
 * @param rows of the whole order
 * @param firstRow where in the order to begin; what comes before is not looked at
 */
public record EpochLayout(
    long rows, long firstRow, int batchSize, int rank, int ranks, LastBatch last) {

  static EpochLayout of(ReaderConfig config, long rows, long firstRow) {
    return new EpochLayout(
        rows, firstRow, config.batchSize(), config.rank(), config.ranks(), config.last());
  }

  /** Rows of a step over all ranks. */
  private long stepRows() {
    return (long) batchSize * ranks;
  }

  private long wholeSteps() {
    return (rows - firstRow) / stepRows();
  }

  /** Rows after the last whole step that are in this epoch. */
  private long kept() {
    long rest = (rows - firstRow) % stepRows();
    return last == LastBatch.KEEP && rest >= ranks ? rest : 0;
  }

  /** Steps of each rank. */
  public long steps() {
    return wholeSteps() + (kept() > 0 ? 1 : 0);
  }

  /** Rows that no rank sees in this epoch. */
  public long droppedRows() {
    return (rows - firstRow) % stepRows() - kept();
  }

  /** Rows of this rank. */
  public long rankRows() {
    return rankRowsBefore(rows);
  }

  /** Rows of this rank that stand before a place in the order. */
  long rankRowsBefore(long place) {
    long offset = Math.max(0, Math.min(place, rows) - firstRow);
    long step = Math.min(wholeSteps(), offset / stepRows());
    long inStep = offset - step * stepRows();
    long sliced = Math.max(0, Math.min(inStep - slice(step, rank), batchRows(step)));
    return step * batchSize + sliced;
  }

  /** Where in the order this rank's rows of a step begin. */
  long firstRow(long step) {
    return firstRow + step * stepRows() + slice(step, rank);
  }

  /** Rows of this rank's batch in a step. */
  int batchRows(long step) {
    return (int) (slice(step, rank + 1) - slice(step, rank));
  }

  /** Where in the order all ranks stand after so many steps; the order's end after the last. */
  long rowAfter(long step) {
    return step == steps() ? rows : firstRow + step * stepRows();
  }

  /** Where a rank's slice begins within a step. */
  private long slice(long step, int of) {
    return step < wholeSteps() ? (long) of * batchSize : kept() * of / ranks;
  }

  /** What an epoch leaves out, for a log; empty when that is nothing. */
  public String said() {
    return droppedRows() == 0
        ? ""
        : "%s of %s rows are left out of each epoch: they do not fill a batch of %s rows on each of %s ranks"
            .formatted(
                droppedRows(), rows - firstRow, last == LastBatch.KEEP ? 1 : batchSize, ranks);
  }
}
