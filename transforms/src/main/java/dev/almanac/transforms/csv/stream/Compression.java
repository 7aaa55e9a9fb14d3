package dev.almanac.transforms.csv.stream;

import com.github.luben.zstd.ZstdInputStream;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** How a file is packed, found by its first bytes. */
public enum Compression {
  NONE("plain"),
  GZIP("gzip", 0x1F, 0x8B),
  ZSTD("zstd", 0x28, 0xB5, 0x2F, 0xFD),
  /** Its level stands in any byte; its first block begins with the digits of pi. */
  BZIP2("bzip2", 'B', 'Z', 'h', -1, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59),
  XZ("xz", 0xFD, '7', 'z', 'X', 'Z', 0),
  ZIP("zip", 'P', 'K', 3, 4),
  EMPTY_ZIP("zip", 'P', 'K', 5, 6),
  SEVEN_ZIP("7z archive", '7', 'z', 0xBC, 0xAF, 0x27, 0x1C),
  RAR("rar archive", 'R', 'a', 'r', '!', 0x1A, 7),
  LZ4("lz4 file", 4, 0x22, 0x4D, 0x18),
  SNAPPY("snappy file", 0xFF, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'),
  COMPRESS("file of compress (.Z)", 0x1F, 0x9D),
  WORKBOOK("workbook of Excel before 2007", 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1),
  PARQUET("parquet file", 'P', 'A', 'R', '1'),
  PDF("PDF", '%', 'P', 'D', 'F', '-');

  /** Bytes that are looked at. */
  public static final int LONGEST = 10;

  private static final int XZ_MEMORY_KIB = 1 << 20;

  private final String text;
  private final int[] magic;

  Compression(String text, int... magic) {
    this.text = text;
    this.magic = magic;
  }

  /** What a file is that begins with these bytes. */
  public static Compression of(byte[] head) {
    for (Compression compression : values()) {
      if (compression != NONE && compression.starts(head)) {
        return compression;
      }
    }
    return NONE;
  }

  private boolean starts(byte[] head) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (magic[i] >= 0 && (head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The bytes that come out.
   *
   * @param file path for messages
   */
  InputStream expand(InputStream in, String file) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GzipStream(in, file);
      case ZSTD -> ExpandedStream.of(in, file, text, ZstdInputStream::new);
      case BZIP2 ->
          ExpandedStream.of(in, file, text, from -> new BZip2CompressorInputStream(from, true));
      case XZ ->
          ExpandedStream.of(
              in, file, text, from -> new XZCompressorInputStream(from, true, XZ_MEMORY_KIB));
      case ZIP -> ExpandedStream.of(in, file, text, from -> new ZippedFile(from, file));
      case EMPTY_ZIP ->
          throw new ForeseenException("Cannot read %s: the zip file is empty".formatted(file));
      default ->
          throw new ForeseenException(
              "Cannot read %s as CSV: it is a %s; export it as CSV, plain or packed by gzip, zstd, bzip2, xz or zip"
                  .formatted(file, text));
    };
  }
}
