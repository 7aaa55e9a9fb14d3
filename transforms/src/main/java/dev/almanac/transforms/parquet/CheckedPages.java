package dev.almanac.transforms.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;

/**
 * The pages of a row group's flat columns, each checked by {@link PageShape} before anybody decodes
 * it; all pages of a chunk must hold as many values as the chunk, and that as many as the row group
 * has rows.
 */
final class CheckedPages implements PageReadStore {
  private final PageReadStore pages;
  private final long rows;

  CheckedPages(PageReadStore pages, long rows) {
    this.pages = pages;
    this.rows = rows;
  }

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    PageReader reader = pages.getPageReader(column);
    if (reader.getTotalValueCount() != rows) {
      throw new IllegalArgumentException(
          "it has %s values, the row group %s rows".formatted(reader.getTotalValueCount(), rows));
    }
    return new Checked(reader, column);
  }

  @Override
  public long getRowCount() {
    return rows;
  }

  @Override
  public void close() {
    pages.close();
  }

  private static final class Checked implements PageReader {
    private final PageReader pages;
    private final ColumnDescriptor column;
    private final PageShape shape;
    private long values;

    Checked(PageReader pages, ColumnDescriptor column) {
      this.pages = pages;
      this.column = column;
      this.shape = new PageShape(column.getPrimitiveType());
    }

    @Override
    public DictionaryPage readDictionaryPage() {
      DictionaryPage page = pages.readDictionaryPage();
      if (page == null) {
        return null;
      }
      ByteBuffer bytes = bytes(page.getBytes());
      sized(bytes, page.getUncompressedSize());
      shape.check(bytes, page.getDictionarySize(), Encoding.PLAIN);
      return new DictionaryPage(
          BytesInput.from(bytes),
          page.getUncompressedSize(),
          page.getDictionarySize(),
          page.getEncoding());
    }

    @Override
    public long getTotalValueCount() {
      return pages.getTotalValueCount();
    }

    @Override
    public DataPage readPage() {
      DataPage page = pages.readPage();
      if (page == null) {
        return null;
      }
      int count = page.getValueCount();
      values += count;
      if (count < 0 || values > getTotalValueCount()) {
        throw new IllegalArgumentException(
            "its pages have %s values or more, it has %s".formatted(values, getTotalValueCount()));
      }
      return page instanceof DataPageV1 first ? checked(first) : checked((DataPageV2) page);
    }

    private DataPage checked(DataPageV1 page) {
      ByteBuffer bytes = bytes(page.getBytes());
      sized(bytes, page.getUncompressedSize());
      check(page, bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
      return new DataPageV1(
          BytesInput.from(bytes),
          page.getValueCount(),
          page.getUncompressedSize(),
          page.getStatistics(),
          page.getRlEncoding(),
          page.getDlEncoding(),
          page.getValueEncoding());
    }

    private void check(DataPageV1 page, ByteBuffer bytes) {
      int count = page.getValueCount();
      int present = count;
      if (column.getMaxDefinitionLevel() > 0) {
        if (page.getDlEncoding() != Encoding.RLE) {
          // Bit-packed levels, which nobody has written since 2013: decoding alone checks them.
          return;
        }
        int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
          throw new IllegalArgumentException("a page's levels have %s bytes".formatted(length));
        }
        present = PageShape.present(bytes.slice(bytes.position(), length), count);
        bytes.position(bytes.position() + length);
      }
      shape.check(bytes, present, page.getValueEncoding());
    }

    private DataPage checked(DataPageV2 page) {
      int count = page.getValueCount();
      int present = count;
      ByteBuffer levels = bytes(page.getDefinitionLevels());
      ByteBuffer data = bytes(page.getData());
      if (column.getMaxDefinitionLevel() > 0) {
        present = PageShape.present(levels, count);
      }
      if (count - present != page.getNullCount()) {
        throw new IllegalArgumentException(
            "a page has %s nulls where its header counts %s"
                .formatted(count - present, page.getNullCount()));
      }
      shape.check(data, present, page.getDataEncoding());
      return DataPageV2.uncompressed(
          page.getRowCount(),
          page.getNullCount(),
          count,
          page.getRepetitionLevels(),
          BytesInput.from(levels),
          page.getDataEncoding(),
          BytesInput.from(data),
          page.getStatistics());
    }

    private static void sized(ByteBuffer bytes, int size) {
      if (bytes.remaining() != size) {
        throw new IllegalArgumentException(
            "a page has %s bytes where its header says %s".formatted(bytes.remaining(), size));
      }
    }

    /** All bytes; what decompresses while it is read can be read but once. */
    private static ByteBuffer bytes(BytesInput bytes) {
      try {
        return bytes
            .toInputStream()
            .slice(Math.toIntExact(bytes.size()))
            .order(ByteOrder.LITTLE_ENDIAN);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
