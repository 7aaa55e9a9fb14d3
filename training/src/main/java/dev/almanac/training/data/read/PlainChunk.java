package dev.almanac.training.data.read;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Copies the values of a chunk of required PLAIN 32-bit numbers in version 1 pages, page by page,
 * out of the bytes as they stand in the file. Verifies checksums where the file has them. Keeps one
 * buffer for the chunk's bytes. Not thread-safe.
 */
final class PlainChunk {
  /** The encodings of levels, which required columns have none of, stand in the footer too. */
  @SuppressWarnings("deprecation")
  private static final Set<Encoding> PLAIN =
      EnumSet.of(Encoding.PLAIN, Encoding.RLE, Encoding.BIT_PACKED);

  private final CodecFactory codecs;
  private final CRC32 checksum = new CRC32();
  private byte[] bytes = new byte[0];

  PlainChunk(CodecFactory codecs) {
    this.codecs = codecs;
  }

  /** Whether a chunk has the layout that is read here. */
  static boolean fits(Type type, ColumnChunkMetaData chunk) {
    PrimitiveTypeName physical = chunk.getPrimitiveType().getPrimitiveTypeName();
    return type.isRepetition(Type.Repetition.REQUIRED)
        && (physical == PrimitiveTypeName.FLOAT || physical == PrimitiveTypeName.INT32)
        && PLAIN.containsAll(chunk.getEncodings())
        && chunk.getEncodings().contains(Encoding.PLAIN)
        && chunk.getEncodingStats() != null
        && !chunk.getEncodingStats().usesV2Pages()
        && !chunk.isEncrypted()
        && chunk.getTotalSize() <= Integer.MAX_VALUE - 8;
  }

  float[] floats(SeekableInputStream in, ColumnChunkMetaData chunk, int rows) throws IOException {
    float[] values = new float[rows];
    read(in, chunk, rows, (page, at, count) -> page.asFloatBuffer().get(values, at, count));
    return values;
  }

  int[] ints(SeekableInputStream in, ColumnChunkMetaData chunk, int rows) throws IOException {
    int[] values = new int[rows];
    read(in, chunk, rows, (page, at, count) -> page.asIntBuffer().get(values, at, count));
    return values;
  }

  private interface Copy {
    void page(ByteBuffer page, int at, int count);
  }

  private void read(SeekableInputStream in, ColumnChunkMetaData chunk, int rows, Copy copy)
      throws IOException {
    int length = (int) chunk.getTotalSize();
    if (length > bytes.length) {
      bytes = new byte[length];
    }
    in.seek(chunk.getStartingPos());
    in.readFully(bytes, 0, length);
    int done = 0;
    int at = 0;
    while (done < rows) {
      ByteArrayInputStream rest = new ByteArrayInputStream(bytes, at, length - at);
      PageHeader header = Util.readPageHeader(rest);
      at = length - rest.available();
      int stored = header.getCompressed_page_size();
      if (stored < 0 || stored > length - at) {
        throw new ForeseenException("a page goes beyond its column chunk");
      }
      verify(header, at, stored);
      if (header.getType() != PageType.DATA_PAGE
          || header.getData_page_header().getEncoding()
              != org.apache.parquet.format.Encoding.PLAIN) {
        throw new ForeseenException(
            "a page is %s, which the footer does not say".formatted(header.getType()));
      }
      int count = header.getData_page_header().getNum_values();
      if (count < 0
          || count > rows - done
          || header.getUncompressed_page_size() != Integer.BYTES * (long) count) {
        throw new ForeseenException(
            "a page of %s bytes says that it holds %s values (%s of %s are missing)"
                .formatted(header.getUncompressed_page_size(), count, rows - done, rows));
      }
      copy.page(page(chunk.getCodec(), header, at), done, count);
      done += count;
      at += stored;
    }
    if (at != length) {
      throw new ForeseenException("%s bytes follow its last row".formatted(length - at));
    }
  }

  private void verify(PageHeader header, int at, int stored) throws IOException {
    if (!header.isSetCrc()) {
      return;
    }
    checksum.reset();
    checksum.update(bytes, at, stored);
    if ((int) checksum.getValue() != header.getCrc()) {
      throw new ForeseenException("the checksum of a page does not fit; the file is damaged");
    }
  }

  private ByteBuffer page(CompressionCodecName codec, PageHeader header, int at)
      throws IOException {
    int stored = header.getCompressed_page_size();
    int plain = header.getUncompressed_page_size();
    ByteBuffer page;
    if (codec == CompressionCodecName.UNCOMPRESSED) {
      page = ByteBuffer.wrap(bytes, at, stored);
    } else {
      page =
          codecs
              .getDecompressor(codec)
              .decompress(BytesInput.from(bytes, at, stored), plain)
              .toInputStream()
              .slice(plain);
    }
    if (page.remaining() != plain) {
      throw new ForeseenException(
          "a page has %s bytes (%s in its header)".formatted(page.remaining(), plain));
    }
    return page.order(ByteOrder.LITTLE_ENDIAN);
  }
}
