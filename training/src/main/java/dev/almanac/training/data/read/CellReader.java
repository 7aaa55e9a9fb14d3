package dev.almanac.training.data.read;

import dev.almanac.transforms.column.ColumnBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/**
 * Reads features, categories and the label of row groups as 32-bit cells, a few thousand rows at a
 * time, so that they are still in the processor's cache when they are used.
 *
 * <p>Uncompressed local files in the layout of our own writer are read like this from the file. For
 * all others {@link RowGroupReader} reads the whole row group, with the same checks. An error in a
 * row group may be reported only after its last block. Not thread-safe.
 */
public final class CellReader implements AutoCloseable {
  /** A block of 26 columns is 0.9 MB: it fits the second cache of most processors. */
  private static final int BLOCK_ROWS = 8192;

  /** Columns a power of two apart would fall on each other in the caches. */
  private static final int GAP = 16;

  private final RowGroupCatalog catalog;
  private final MappedFiles files;
  private final List<String> names;
  private final int[] cardinalities;
  private final int blockRows;
  private final int stride;
  private final int[] cells;
  private final RowGroupReader general;

  /** What a block of cells is for. */
  public interface Blocks {
    /**
     * Takes rows.
     *
     * @param cells column after column, each {@code stride} cells from the last, a float as its
     *     bits; they are written again after
     * @param rows a multiple of 8, but for the last of a row group
     */
    void block(int[] cells, int stride, int rows);
  }

  public CellReader(RowGroupCatalog catalog, MappedFiles files) {
    this.catalog = catalog;
    this.files = files;
    this.names = catalog.encoded().names();
    this.cardinalities = names.stream().mapToInt(catalog.encoded()::cardinality).toArray();
    this.blockRows = blockRows(catalog);
    this.stride = blockRows + GAP;
    this.cells = new int[names.size() * stride];
    this.general = new RowGroupReader(catalog);
  }

  /** A reader of its own, without shuffling: for those who want columns at the speed of memory. */
  public static CellReader open(RowGroupCatalog catalog) {
    return new CellReader(catalog, new MappedFiles(catalog));
  }

  /** The most rows of a block. */
  public static int blockRows(RowGroupCatalog catalog) {
    return (int) Math.min(BLOCK_ROWS, (catalog.mostRows(1) + 7) / 8 * 8);
  }

  /** Bytes that a reader holds: a block, and of a layout that is not ours a row group's columns. */
  public static long bytes(RowGroupCatalog catalog) {
    long rows = blockRows(catalog) + GAP + catalog.mostRows(1);
    return rows * catalog.encoded().width() * Integer.BYTES + NativePieces.BYTES;
  }

  /** Reads a row group, block after block. */
  public void read(RowGroup group, Blocks blocks) throws IOException {
    PlainPages.Bytes file = catalog.isPlain(group) ? files.of(group) : null;
    if (file != null) {
      catalog.checkUnchanged(group);
      pages(file, group, blocks);
      // Java may tell of a page that was cut off only later than this.
      catalog.checkUnchanged(group);
      return;
    }
    ColumnBatch columns = general.read(group);
    for (int from = 0; from < group.rows(); from += blockRows) {
      int to = Math.min(group.rows(), from + blockRows);
      for (int i = 0; i < names.size(); i++) {
        RowMajor.lay(columns.column(i), from, to, cells, i * stride, 1);
      }
      blocks.block(cells, stride, to - from);
    }
  }

  private void pages(PlainPages.Bytes file, RowGroup group, Blocks blocks) throws IOException {
    Map<String, ColumnChunkMetaData> chunks = catalog.chunks(group);
    List<PlainPages> pages = new ArrayList<>();
    for (String name : names) {
      pages.add(new PlainPages(file, chunks.get(name), group.rows(), general.piece()));
    }
    for (int from = 0; from < group.rows(); from += blockRows) {
      int rows = Math.min(group.rows() - from, blockRows);
      for (int i = 0; i < names.size(); i++) {
        try {
          read(pages.get(i), i, from, rows);
          if (from + rows == group.rows()) {
            pages.get(i).finish();
          }
        } catch (IOException | RuntimeException e) {
          throw catalog.failure(group, names.get(i), e.getMessage(), e);
        } catch (InternalError e) {
          throw catalog.failure(group, names.get(i), "the file was cut short meanwhile", e);
        }
      }
      blocks.block(cells, stride, rows);
    }
  }

  private void read(PlainPages pages, int column, int from, int rows) throws IOException {
    int base = column * stride - from;
    pages.read(
        rows,
        (values, row) -> {
          int count = values.remaining() / Integer.BYTES;
          values.asIntBuffer().get(cells, base + row, count);
          EncodedValues.check(cells, base + row, count, row, cardinalities[column]);
        });
  }

  @Override
  public void close() {
    general.close();
  }
}
