package dev.almanac.training.data.shuffle;

import dev.almanac.training.data.EpochLayout;
import dev.almanac.transforms.problem.RefusedException;

/**
 * How a training reads its rows.
 *
 * @param batchSize rows a batch, of one rank
 * @param seed of the order of rows
 * @param mixedRowGroups row groups whose rows are mixed with one another
 * @param threads that read and assemble ahead of the consumer; they never change the order
 * @param last what becomes of an incomplete last batch
 * @param maxBytes the most bytes of rows held at a time: the window being consumed, the next one
 *     when it fits, what the threads are reading, and the batches made ahead; not the pages of
 *     local files, which are mapped and the system's to keep or drop
 * @param rank which of the processes that train together this is, from 0
 * @param ranks how many processes train together; {@link EpochLayout} says which rows each takes
 */
public record ReaderConfig(
    int batchSize,
    long seed,
    int mixedRowGroups,
    int threads,
    LastBatch last,
    long maxBytes,
    int rank,
    int ranks) {

  public ReaderConfig {
    atLeastOne("batch-size", batchSize);
    atLeastOne("mixed-row-groups", mixedRowGroups);
    atLeastOne("threads", threads);
    atLeastOne("max-bytes", maxBytes);
    atLeastOne("ranks", ranks);
    if (rank < 0 || rank >= ranks) {
      throw new RefusedException(
          "Cannot read for training: rank is from 0 to %s (%s)".formatted(ranks - 1, rank));
    }
  }

  /** Alone, keeps the last batch and takes at most half of the heap. */
  public static ReaderConfig of(int batchSize, long seed, int mixedRowGroups, int threads) {
    long half = Runtime.getRuntime().maxMemory() / 2;
    return new ReaderConfig(batchSize, seed, mixedRowGroups, threads, LastBatch.KEEP, half, 0, 1);
  }

  public ReaderConfig withLast(LastBatch changed) {
    return new ReaderConfig(
        batchSize, seed, mixedRowGroups, threads, changed, maxBytes, rank, ranks);
  }

  public ReaderConfig withMaxBytes(long changed) {
    return new ReaderConfig(batchSize, seed, mixedRowGroups, threads, last, changed, rank, ranks);
  }

  public ReaderConfig withRank(int changed, int of) {
    return new ReaderConfig(batchSize, seed, mixedRowGroups, threads, last, maxBytes, changed, of);
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new RefusedException(
          "Cannot read for training: %s is at least 1 (%s)".formatted(name, value));
    }
  }
}
