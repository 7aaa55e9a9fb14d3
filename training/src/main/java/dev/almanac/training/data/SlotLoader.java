package dev.almanac.training.data;

import dev.almanac.training.data.read.CellReader;
import dev.almanac.training.data.read.PackedRow;
import dev.almanac.training.data.read.RowGroup;
import dev.almanac.training.data.shuffle.ShufflePlan;
import dev.almanac.training.data.shuffle.WindowPlaces;
import java.io.IOException;

/** Reads row groups into the memory of a window. Keeps buffers: use one a thread, and close it. */
final class SlotLoader implements AutoCloseable {
  private final OpenSplit split;
  private final CellReader reader;
  private final PackedRow row;
  private final int[] words;

  SlotLoader(OpenSplit split) {
    this.split = split;
    this.reader = new CellReader(split.catalog(), split.files());
    this.row = PackedRow.of(split.catalog().encoded());
    this.words = new int[CellReader.blockRows(split.catalog())];
  }

  /**
   * Reads the row group of a slot.
   *
   * @param store where each row is laid as {@link PackedRow} says, at its place
   */
  void load(ShufflePlan.Window plan, WindowPlaces places, int slot, long[] store)
      throws IOException {
    RowGroup group = split.catalog().rowGroups().get(plan.group(slot));
    WindowPlaces.Cursor next = places.of(slot);
    long[] decoded = decoded(group);
    if (decoded == null) {
      reader.read(
          group,
          (cells, stride, rows) -> {
            next.next(words, rows, row.words());
            row.lay(cells, stride, rows, words, store);
          });
      return;
    }
    for (int from = 0; from < group.rows(); from += words.length) {
      int rows = Math.min(words.length, group.rows() - from);
      next.next(words, rows, row.words());
      for (int i = 0; i < rows; i++) {
        System.arraycopy(decoded, (from + i) * row.words(), store, words[i], row.words());
      }
    }
  }

  /** The rows of a group as they stay in memory; null when they do not. */
  private long[] decoded(RowGroup group) throws IOException {
    long[] kept = split.decoded(group);
    if (kept != null) {
      return kept;
    }
    long[] room = split.room(group);
    if (room == null) {
      return null;
    }
    try {
      decode(group, room);
    } catch (IOException | RuntimeException e) {
      split.giveBack(room);
      throw e;
    }
    split.keep(group, room);
    return room;
  }

  private void decode(RowGroup group, long[] room) throws IOException {
    int[] first = {0};
    reader.read(
        group,
        (cells, stride, rows) -> {
          for (int i = 0; i < rows; i++) {
            words[i] = (first[0] + i) * row.words();
          }
          first[0] += rows;
          row.lay(cells, stride, rows, words, room);
        });
  }

  @Override
  public void close() {
    reader.close();
  }
}
