package dev.almanac.transforms.parquet.write;

import dev.almanac.transforms.storage.HashingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** Compresses and writes the pages of one column chunk, with checksums, and adds them up. */
final class PageSink {
  /** One page holds a column of a row group of the usual 131,072 rows. */
  static final int PAGE_ROWS = 1 << 17;

  private final HashingOutput out;
  private final BytesInputCompressor compressor;
  private final long start;
  private final CRC32 checksum = new CRC32();
  private long dictionaryOffset = -1;
  private long firstDataOffset = -1;
  private long headerBytes;
  private long plainBytes;
  private long storedBytes;
  private int dataPages;
  private Encoding dataEncoding = Encoding.PLAIN;

  PageSink(HashingOutput out, BytesInputCompressor compressor) {
    this.out = out;
    this.compressor = compressor;
    this.start = out.bytes();
  }

  void dictionary(byte[] bytes, int length, int values) throws IOException {
    dictionaryOffset = out.bytes();
    PageHeader header = new PageHeader();
    header.setType(PageType.DICTIONARY_PAGE);
    header.setDictionary_page_header(new DictionaryPageHeader(values, Encoding.PLAIN));
    write(header, BytesInput.from(bytes, 0, length));
  }

  void data(int rows, BytesInput bytes, Encoding encoding) throws IOException {
    if (firstDataOffset < 0) {
      firstDataOffset = out.bytes();
    }
    PageHeader header = new PageHeader();
    header.setType(PageType.DATA_PAGE);
    header.setData_page_header(new DataPageHeader(rows, encoding, Encoding.RLE, Encoding.RLE));
    write(header, bytes);
    dataEncoding = encoding;
    dataPages++;
  }

  private void write(PageHeader header, BytesInput page) throws IOException {
    BytesInput stored = compressor.compress(page);
    checksum.reset();
    stored.writeAllTo(new CheckedOutputStream(OutputStream.nullOutputStream(), checksum));
    header.setUncompressed_page_size(Math.toIntExact(page.size()));
    header.setCompressed_page_size(Math.toIntExact(stored.size()));
    header.setCrc((int) checksum.getValue());
    long before = out.bytes();
    Util.writePageHeader(header, out);
    headerBytes += out.bytes() - before;
    stored.writeAllTo(out);
    plainBytes += page.size();
    storedBytes += stored.size();
  }

  /** Fills in everything that the pages decide. */
  void describe(ColumnMetaData column) {
    List<Encoding> encodings = new ArrayList<>();
    List<PageEncodingStats> counts = new ArrayList<>();
    if (dictionaryOffset >= 0) {
      column.setDictionary_page_offset(dictionaryOffset);
      encodings.add(Encoding.PLAIN);
      counts.add(new PageEncodingStats(PageType.DICTIONARY_PAGE, Encoding.PLAIN, 1));
    }
    encodings.add(Encoding.RLE);
    encodings.add(dataEncoding);
    counts.add(new PageEncodingStats(PageType.DATA_PAGE, dataEncoding, dataPages));
    column.setEncodings(encodings);
    column.setEncoding_stats(counts);
    column.setData_page_offset(firstDataOffset);
    column.setTotal_uncompressed_size(headerBytes + plainBytes);
    column.setTotal_compressed_size(headerBytes + storedBytes);
  }

  long start() {
    return start;
  }
}
