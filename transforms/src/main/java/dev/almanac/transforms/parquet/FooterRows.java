package dev.almanac.transforms.parquet;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.SeekableInputStream;

/** The rows of a whole file, which its footer counts apart from its row groups' own counts. */
final class FooterRows {
  private static final String MAGIC = "PAR1";
  private static final int TAIL_BYTES = Integer.BYTES + MAGIC.length();

  private FooterRows() {}

  static long of(StorageInputFile file) throws IOException {
    try (SeekableInputStream in = file.newStream()) {
      byte[] tail = new byte[TAIL_BYTES];
      in.seek(Math.max(0, file.length() - TAIL_BYTES));
      in.readFully(tail);
      int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
      String magic = new String(tail, Integer.BYTES, MAGIC.length(), StandardCharsets.US_ASCII);
      if (!magic.equals(MAGIC) || length <= 0 || length > file.length() - TAIL_BYTES) {
        throw new ForeseenException(
            "Cannot read %s: its footer is encrypted or damaged".formatted(file.path()));
      }
      byte[] footer = new byte[length];
      in.seek(file.length() - TAIL_BYTES - length);
      in.readFully(footer);
      return rows(file, footer);
    }
  }

  private static long rows(StorageInputFile file, byte[] footer) throws IOException {
    try {
      FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer), true);
      return metadata.getNum_rows();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw ParquetFooters.damaged(file.path(), e);
    }
  }
}
