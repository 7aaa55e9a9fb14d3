package dev.almanac.training.data;

import dev.almanac.training.data.read.CellReader;
import dev.almanac.training.data.read.MappedFiles;
import dev.almanac.training.data.read.PackedRow;
import dev.almanac.training.data.read.RowGroupCatalog;
import dev.almanac.training.data.shuffle.ShufflePlan;
import dev.almanac.training.data.shuffle.WindowPlaces;
import java.io.IOException;

/** Reads row groups into the memory of a window. Keeps buffers: use one a thread, and close it. */
final class SlotLoader implements AutoCloseable {
  private final RowGroupCatalog catalog;
  private final CellReader reader;
  private final PackedRow row;
  private final int[] words;

  SlotLoader(RowGroupCatalog catalog, MappedFiles files) {
    this.catalog = catalog;
    this.reader = new CellReader(catalog, files);
    this.row = PackedRow.of(catalog.encoded());
    this.words = new int[CellReader.blockRows(catalog)];
  }

  /**
   * Reads the row group of a slot.
   *
   * @param store where each row is laid as {@link PackedRow} says, at its place
   */
  void load(ShufflePlan.Window plan, WindowPlaces places, int slot, long[] store)
      throws IOException {
    WindowPlaces.Cursor next = places.of(slot);
    reader.read(
        catalog.rowGroups().get(plan.group(slot)),
        (cells, stride, rows) -> {
          next.next(words, rows, row.words());
          row.lay(cells, stride, rows, words, store);
        });
  }

  @Override
  public void close() {
    reader.close();
  }
}
