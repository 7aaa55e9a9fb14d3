package dev.almanac.transforms.parquet;

import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The first bytes of every parquet file. */
public final class ParquetMagic {
  private static final int LENGTH = 4;

  private ParquetMagic() {}

  /** Whether a file begins as parquet does, whatever its name. */
  public static boolean isIn(String path) throws IOException {
    try (InputStream in = Storage.open(path)) {
      String first = new String(in.readNBytes(LENGTH), StandardCharsets.ISO_8859_1);
      // The other one is of files whose footers are encrypted.
      return first.equals("PAR1") || first.equals("PARE");
    }
  }
}
