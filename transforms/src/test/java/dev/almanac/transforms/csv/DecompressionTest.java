package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class DecompressionTest {
  @Test
  void plainBytesPassUnchanged() throws IOException {
    for (byte[] plain : new byte[][] {{}, {0x1F}, {0x1F, (byte) 0x8C, 8}, text(100_000)}) {
      assertArrayEquals(plain, expand(plain));
    }
  }

  @Test
  void allMembersOfAGzipFileAreRead() throws IOException {
    byte[] first = text(100_000);
    byte[] last = text(7);
    byte[] packed = joined(gzip(first), gzip(new byte[0]), gzip(last));
    assertArrayEquals(joined(first, last), expand(packed));
    assertArrayEquals(joined(first, last), expand(joined(packed, new byte[512])));
    assertArrayEquals(new byte[0], expand(gzip(new byte[0])));
  }

  @Test
  void everyPartOfAMembersHeaderIsPassedOver() throws IOException {
    byte[] plain = text(50);
    byte[] packed = gzip(plain);
    ByteArrayOutputStream full = new ByteArrayOutputStream();
    full.writeBytes(Arrays.copyOf(packed, 3));
    full.write(2 | 4 | 8 | 16);
    full.writeBytes(Arrays.copyOfRange(packed, 4, 10));
    full.writeBytes(new byte[] {3, 0, 1, 2, 3});
    full.writeBytes("name.csv\0a comment\0".getBytes(StandardCharsets.US_ASCII));
    full.writeBytes(new byte[] {9, 9});
    full.writeBytes(Arrays.copyOfRange(packed, 10, packed.length));
    assertArrayEquals(plain, expand(full.toByteArray()));
  }

  @Test
  void aGzipFileCutAnywhereIsAnErrorThatNamesIt() throws IOException {
    byte[] packed = joined(gzip(text(300)), gzip(text(300)));
    int whole = gzip(text(300)).length;
    for (int length = 2; length < packed.length; length++) {
      if (length != whole) {
        byte[] cut = Arrays.copyOf(packed, length);
        IOException error = assertThrows(IOException.class, () -> expand(cut));
        assertTrue(
            error.getMessage().startsWith("Cannot expand in.csv.gz: the gzip file is cut short"),
            error.getMessage());
      }
    }
  }

  @Test
  void aDamagedGzipFileIsAnErrorOrTheSameBytes() throws IOException {
    Random random = new Random(31);
    byte[] plain = text(500);
    byte[] packed = gzip(plain);
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = packed.clone();
      damaged[2 + random.nextInt(packed.length - 2)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertArrayEquals(plain, expand(damaged));
      } catch (IOException e) {
        assertTrue(e.getMessage().startsWith("Cannot expand in.csv.gz: the gzip file is"));
      }
    }
  }

  @Test
  void bytesAfterTheLastMemberAreAnError() throws IOException {
    byte[] packed = joined(gzip(text(10)), "x".getBytes(StandardCharsets.US_ASCII));
    IOException error = assertThrows(IOException.class, () -> expand(packed));
    assertEquals(
        "Cannot expand in.csv.gz: the gzip file is damaged: no gzip member where one should start",
        error.getMessage());
  }

  /** Through a stream that never says what is available and gives a few bytes at a time. */
  private static byte[] expand(byte[] bytes) throws IOException {
    InputStream slow =
        new ByteArrayInputStream(bytes) {
          @Override
          public int available() {
            return 0;
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 37));
          }
        };
    try (InputStream in = Decompression.of(slow, "in.csv.gz")) {
      return in.readAllBytes();
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] text(int length) {
    Random random = new Random(length);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + random.nextInt(20));
    }
    return text;
  }
}
