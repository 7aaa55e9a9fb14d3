package dev.almanac.transforms.csv;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Random files: some of any bytes, some nearly right, some right. */
public final class CsvFuzz {
  private static final byte[] MARKS =
      "\"\"\"\",,,,\n\n\r\r a1;\t'\u00e9".getBytes(StandardCharsets.ISO_8859_1);

  private CsvFuzz() {}

  public static byte[] next(Random random) {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    switch (random.nextInt(4)) {
      case 0 -> marks(random, random.nextInt(40), csv);
      case 1 -> marks(random, random.nextInt(400), csv);
      case 2 -> cells(random, true, csv);
      default -> cells(random, false, csv);
    }
    return csv.toByteArray();
  }

  private static void marks(Random random, int length, ByteArrayOutputStream csv) {
    for (int i = 0; i < length; i++) {
      csv.write(MARKS[random.nextInt(MARKS.length)]);
    }
  }

  private static void cells(Random random, boolean withMistakes, ByteArrayOutputStream csv) {
    String lineBreak = new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)];
    int rows = 1 + random.nextInt(12);
    int columns = 1 + random.nextInt(random.nextBoolean() ? 4 : 60);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        if (column > 0) {
          csv.write(',');
        }
        cell(random, csv);
        if (withMistakes && random.nextInt(40) == 0) {
          csv.write(MARKS[random.nextInt(MARKS.length)]);
        }
      }
      if (row + 1 < rows || random.nextBoolean()) {
        csv.writeBytes(lineBreak.getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  private static void cell(Random random, ByteArrayOutputStream csv) {
    switch (random.nextInt(4)) {
      case 0 -> {} // Nothing between two delimiters.
      case 1 ->
          csv.writeBytes(
              Integer.toString(random.nextInt(5000)).getBytes(StandardCharsets.US_ASCII));
      case 2 ->
          csv.writeBytes(("\"  " + random.nextInt(100) + "\"").getBytes(StandardCharsets.US_ASCII));
      default -> {
        csv.write('"');
        int length = random.nextInt(20);
        for (int i = 0; i < length; i++) {
          byte b = MARKS[random.nextInt(MARKS.length)];
          csv.write(b);
          if (b == '"') {
            csv.write(b);
          }
        }
        csv.write('"');
      }
    }
  }

  public static String shown(byte[] csv) {
    return new String(csv, StandardCharsets.ISO_8859_1)
        .replace("\r", "\\r")
        .replace("\n", "\\n")
        .replace("\t", "\\t");
  }
}
