package dev.almanac.transforms.beam;

import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.ParquetTypes;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * What a parquet file says it holds.
 *
 * @param table its columns, numbers widened
 * @param rows as its footer counts the whole file, apart from the row groups' own counts
 */
record ParquetFooter(TableSchema table, long rows) {
  private static final String MAGIC = "PAR1";
  private static final int TAIL_BYTES = Integer.BYTES + MAGIC.length();

  /**
   * Reads the end of a file.
   *
   * @throws IOException when it is no parquet file, or a column is of no type of ours
   */
  static ParquetFooter read(String path) throws IOException {
    FileMetaData footer = footer(path);
    for (SchemaElement column : footer.getSchema()) {
      LogicalType type = column.getLogicalType();
      if (type != null && type.isSetINTEGER() && !type.getINTEGER().isIsSigned()) {
        // Avro has no such type: ParquetIO gives the upper half as negative numbers.
        throw new ForeseenException(
            "Cannot read %s: column '%s' holds unsigned integers; cast it to int64"
                .formatted(path, column.getName()));
      }
    }
    try (ParquetBatchReader reader = ParquetBatchReader.open(path, 1, null, ParquetTypes.WIDENED)) {
      return new ParquetFooter(reader.schema(), footer.getNum_rows());
    }
  }

  private static FileMetaData footer(String path) throws IOException {
    try (SeekableByteChannel channel = Storage.openSeekable(path)) {
      long size = channel.size();
      if (size < MAGIC.length() + TAIL_BYTES) {
        throw notParquet(path, "%s bytes".formatted(size));
      }
      ByteBuffer tail = read(channel, size - TAIL_BYTES, TAIL_BYTES);
      int length = tail.getInt();
      String magic = StandardCharsets.US_ASCII.decode(tail).toString();
      if (!magic.equals(MAGIC) || length <= 0 || length > size - TAIL_BYTES - MAGIC.length()) {
        throw notParquet(path, "its end is not that of one");
      }
      ByteBuffer bytes = read(channel, size - TAIL_BYTES - length, length);
      return Util.readFileMetaData(new ByteArrayInputStream(bytes.array()), true);
    }
  }

  private static IOException notParquet(String path, String actual) {
    return new ForeseenException(
        "Cannot read %s: it is no parquet file (%s)".formatted(path, actual));
  }

  private static ByteBuffer read(SeekableByteChannel channel, long offset, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(offset);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new ForeseenException("Cannot read a parquet footer: the file ends early");
      }
    }
    return bytes.flip();
  }
}
