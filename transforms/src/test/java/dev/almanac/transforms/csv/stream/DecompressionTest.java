package dev.almanac.transforms.csv.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import dev.almanac.transforms.csv.CsvSchemaReader;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.problem.Foreseen;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecompressionTest {
  private enum Packer {
    GZIP,
    ZSTD,
    BZIP2,
    XZ,
    ZIP;

    byte[] pack(byte[] plain) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = out(packed)) {
        out.write(plain);
      }
      return packed.toByteArray();
    }

    private OutputStream out(OutputStream to) throws IOException {
      return switch (this) {
        case GZIP -> new GZIPOutputStream(to);
        case ZSTD -> new ZstdOutputStream(to).setChecksum(true);
        case BZIP2 -> new BZip2CompressorOutputStream(to);
        case XZ -> new XZCompressorOutputStream(to);
        case ZIP -> {
          ZipOutputStream zip = new ZipOutputStream(to);
          zip.putNextEntry(new ZipEntry("a.csv"));
          yield zip;
        }
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPackedComesOutWhateverItsSize(Packer packer) throws IOException {
    for (int size : new int[] {1, 2, 100, 70_000, 3_000_000}) {
      byte[] plain = text(size);
      assertArrayEquals(plain, expand(packer.pack(plain)), () -> packer + " of " + size);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ZIP")
  void filesPutTogetherComeOutTogether(Packer packer) throws IOException {
    byte[] one = text(5000);
    byte[] other = text(300);
    assertArrayEquals(
        joined(one, other, one),
        expand(joined(packer.pack(one), packer.pack(other), packer.pack(one))));
  }

  @ParameterizedTest
  @EnumSource
  void aFileCutShortIsNamed(Packer packer) throws IOException {
    byte[] packed = packer.pack(text(20_000));
    for (int length = Compression.LONGEST; length < packed.length; length += 1 + length / 17) {
      byte[] cut = Arrays.copyOf(packed, length);
      IOException error = assertThrows(IOException.class, () -> expand(cut), "at " + length);
      assertTrue(error.getMessage().contains("Cannot expand in.csv"), error.getMessage());
      assertInstanceOf(Foreseen.class, error);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noFlippedBitChangesWhatComesOut(Packer packer) throws IOException {
    Random random = new Random(3);
    byte[] plain = text(20_000);
    byte[] packed = packer.pack(plain);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] flipped = packed.clone();
      // Behind the first bytes: without them it is another file.
      int at = Compression.LONGEST + random.nextInt(packed.length - Compression.LONGEST);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      try {
        assertArrayEquals(plain, expand(flipped), "at " + at);
      } catch (IOException e) {
        assertInstanceOf(Foreseen.class, e, () -> e.toString());
        assertTrue(e.getMessage().contains("in.csv"), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 150, refused + " of 300");
  }

  @Test
  void aZipOfSeveralFilesNamesThem() throws IOException {
    ForeseenException error =
        assertThrows(
            ForeseenException.class,
            () -> expand(zip(Map.of("a.csv", "x\n1\n"), Map.of("b/c.csv", "x\n2\n"))));
    assertEquals(
        "Cannot read in.csv: a zip file may hold one file (it holds a.csv, b/c.csv); unpack it",
        error.getMessage());
    assertThrows(ForeseenException.class, () -> expand(zip(Map.of("folder/", ""))));
  }

  @Test
  void whatAMacPutsBesideAFileAndFoldersAreNoFiles() throws IOException {
    byte[] zip =
        zip(
            Map.of("data/", ""),
            Map.of("__MACOSX/._a.csv", "junk"),
            Map.of("data/a.csv", "x\n1\n"),
            Map.of("data/.DS_Store", "junk"));
    assertEquals("x\n1\n", new String(expand(zip), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "BZh9,b\n1,2\n", "PK,b\n1,2\n", "(\u00b5\n1\n", "7z,b\n"})
  void textThatBeginsNearlySoIsPlain(String text) throws IOException {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(plain, expand(plain));
  }

  @Test
  void otherKindsOfFilesAreNamed() {
    byte[] lz4 = {4, 0x22, 0x4D, 0x18, 0, 0, 0, 0, 0, 0};
    assertEquals(
        "Cannot read in.csv as CSV: it is a lz4 file; export it as CSV, plain or packed by gzip,"
            + " zstd, bzip2, xz or zip",
        assertThrows(ForeseenException.class, () -> expand(lz4)).getMessage());
  }

  @Test
  void aFileThatCannotBeReadIsNotCalledDamaged() throws IOException {
    byte[] packed = Packer.XZ.pack(text(100_000));
    IOException gone = new IOException("gone");
    InputStream failing =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == packed.length / 2) {
              throw gone;
            }
            return packed[at++] & 0xFF;
          }
        };
    assertSame(
        gone,
        assertThrows(IOException.class, () -> Decompression.of(failing, "in.csv").readAllBytes()));
  }

  private static byte[] expand(byte[] packed) throws IOException {
    try (InputStream in = Decompression.of(new ByteArrayInputStream(packed), "in.csv")) {
      return in.readAllBytes();
    }
  }

  @SafeVarargs
  private static byte[] zip(Map<String, String>... files) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    for (Map<String, String> file : files) {
      all.putAll(file);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : all.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] text(int size) {
    Random random = new Random(size);
    StringBuilder text = new StringBuilder("a,b\n");
    while (text.length() < size) {
      text.append(random.nextInt(1000)).append(',').append(random.nextDouble()).append('\n');
    }
    return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void aTarArchiveIsNamedPackedOrNot() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      byte[] csv = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry("a.csv");
      entry.setSize(csv.length);
      tar.putArchiveEntry(entry);
      tar.write(csv);
      tar.closeArchiveEntry();
    }
    for (byte[] file : List.of(bytes.toByteArray(), Packer.GZIP.pack(bytes.toByteArray()))) {
      ForeseenException error =
          assertThrows(
              ForeseenException.class,
              () ->
                  CsvSchemaReader.read(
                      new ByteArrayInputStream(file), "a.tar", CsvFormat.standard()));
      assertEquals(
          "Cannot read a.tar: it is a tar archive and no CSV file; unpack it", error.getMessage());
    }
  }
}
