package dev.almanac.transforms.dataset.part;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.RowOrigin;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.spool.ShuffleKey;
import dev.almanac.transforms.spool.SpoolWriter;
import dev.almanac.transforms.staging.DatasetException;
import dev.almanac.transforms.staging.DatasetLayout;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts rows that come in any order into the one in which their source has them, and those of train,
 * where the dataset wants it, into the shuffled one that follows from it: as a dataset that is made
 * from the source itself has them.
 *
 * <p>A shard has the rows of one chunk of the source in one split. It is sorted by piece and line
 * in bounded memory, but for pieces with many lines of few rows.
 *
 * @param source the one that all rows must be of
 */
public record SourceShards(long source, DatasetLayout layout) {
  private static final int LINE_BITS = 40;

  /** Rows that are sorted in one step. */
  private static final long STEP_ROWS = 1 << 16;

  /** What is known of a piece. */
  private static final class Piece {
    private final RowOrigin.Part part;
    private long rows;
    private long lastLine;

    Piece(RowOrigin.Part part) {
      this.part = part;
    }
  }

  /** The shard of a batch: its chunk's rows of the split. */
  public Shard of(Split split, ColumnBatch batch) {
    if (batch.origin() == null) {
      throw new RefusedException(
          "Cannot write a batch of %s: it does not say where it was read; write what ReadSource read, or leave readBy out"
              .formatted(split));
    }
    if (batch.origin().part().source() != source) {
      throw new RefusedException(
          "Cannot write a batch of %s: it is not of the source that readBy named (%s)"
              .formatted(split, batch.origin().part().file()));
    }
    return new Shard(split, batch.origin().part().chunk());
  }

  /**
   * Writes a shard's rows into a spool.
   *
   * @return how many rows there were
   */
  public long spool(String path, Split split, Iterable<ColumnBatch> batches) throws IOException {
    String attempt = Staging.attempt();
    String sorted = path + "." + attempt + ".sorted";
    TreeMap<Integer, Piece> pieces = new TreeMap<>();
    long rows = sort(sorted, attempt, split, batches, pieces);
    try (InOrder ordered =
        new InOrder(split, split == Split.TRAIN && layout.shuffled(), path, attempt)) {
      for (PartPlan step : steps(sorted, split, pieces)) {
        try (ShuffledRows some = new ShuffledRows(step)) {
          for (ColumnBatch batch = some.next(); batch != null; batch = some.next()) {
            ordered.add(batch, some.keys(), pieces);
          }
        }
      }
      ordered.finish();
    } finally {
      Storage.delete(List.of(sorted));
    }
    return rows;
  }

  private static long sort(
      String path,
      String attempt,
      Split split,
      Iterable<ColumnBatch> batches,
      Map<Integer, Piece> pieces)
      throws IOException {
    SpoolWriter spool = null;
    long rows = 0;
    try {
      for (ColumnBatch batch : batches) {
        spool = spool == null ? new SpoolWriter(path, attempt, batch.schema()) : spool;
        RowOrigin origin = batch.origin();
        int number = origin.part().piece();
        Piece piece = pieces.computeIfAbsent(number, n -> new Piece(origin.part()));
        long[] places = new long[batch.rows()];
        for (int row = 0; row < places.length; row++) {
          places[row] = (long) number << LINE_BITS | origin.line(row);
          piece.lastLine = Math.max(piece.lastLine, origin.line(row));
        }
        piece.rows += places.length;
        rows += places.length;
        spool.add(split, batch, places);
      }
      spool.finish();
    } finally {
      if (spool != null) {
        spool.close();
      }
    }
    return rows;
  }

  /**
   * The rows of ranges of places, one behind the other: small pieces together, large ones apart.
   */
  private static List<PartPlan> steps(String sorted, Split split, TreeMap<Integer, Piece> pieces) {
    List<PartPlan> steps = new ArrayList<>();
    long rows = 0;
    int first = -1;
    for (Map.Entry<Integer, Piece> piece : pieces.entrySet()) {
      first = first < 0 ? piece.getKey() : first;
      rows += piece.getValue().rows;
      Integer next = pieces.higherKey(piece.getKey());
      if (next == null || rows + pieces.get(next).rows > STEP_ROWS) {
        long last = (long) piece.getKey() << LINE_BITS | piece.getValue().lastLine;
        PartPlan.KeyRange places = new PartPlan.KeyRange((long) first << LINE_BITS, last);
        PartPlan.Slice slice = new PartPlan.Slice(sorted, 0, rows);
        steps.add(new PartPlan(split, 0, 1, List.of(slice), places));
        first = -1;
        rows = 0;
      }
    }
    return steps;
  }

  /** Takes rows in the order of the source. */
  private final class InOrder implements AutoCloseable {
    private final Split split;
    private final boolean shuffled;
    private final String path;
    private final String attempt;
    private SpoolWriter spool;
    private long before = -1;
    private int piece = -1;
    private long taken;
    private ShuffleKey shuffle;

    InOrder(Split split, boolean shuffled, String path, String attempt) {
      this.split = split;
      this.shuffled = shuffled;
      this.path = path;
      this.attempt = attempt;
    }

    void add(ColumnBatch batch, long[] places, Map<Integer, Piece> pieces) throws IOException {
      spool = spool == null ? new SpoolWriter(path, attempt, batch.schema()) : spool;
      long[] keys = new long[places.length];
      for (int row = 0; row < places.length; row++) {
        int of = (int) (places[row] >>> LINE_BITS);
        if (places[row] == before) {
          throw new DatasetException(
              "Cannot write a dataset: line %s of %s comes twice; write each row once"
                  .formatted(places[row] & (1L << LINE_BITS) - 1, pieces.get(of).part.file()));
        }
        before = places[row];
        if (of != piece) {
          piece = of;
          taken = 0;
          RowOrigin.Part part = pieces.get(of).part;
          shuffle = new ShuffleKey(layout.seed(), part.path(), part.from());
        }
        keys[row] = shuffle.key(taken++);
      }
      if (shuffled) {
        spool.add(split, batch, keys);
      } else {
        spool.add(split, batch);
      }
    }

    void finish() throws IOException {
      spool.finish();
    }

    @Override
    public void close() throws IOException {
      if (spool != null) {
        spool.close();
      }
    }
  }
}
