import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a source that is large in one way, the config that prepares it, and what must come out.
 *
 * <p>{@code java Generate.java vocabulary|wide|files FOLDER [PER-MILLE]}: the folder gets {@code
 * source/*.csv}, {@code config.yaml} and {@code expected.properties}. Equal arguments give equal
 * bytes; the last one makes it smaller, in thousandths of the full size.
 */
final class Generate {
  private static final LocalDate TRAIN = LocalDate.of(2020, 1, 1);
  private static final LocalDate VALIDATION = LocalDate.of(2023, 1, 1);
  private static final LocalDate TEST = LocalDate.of(2024, 1, 1);

  private final Path folder;
  private final int perMille;
  private final Map<String, Long> expected = new TreeMap<>();
  private final StringBuilder line = new StringBuilder();

  private Generate(Path folder, int perMille) {
    this.folder = folder;
    this.perMille = perMille;
  }

  public static void main(String[] arguments) throws IOException {
    int perMille = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1000;
    Generate generate = new Generate(Path.of(arguments[1]).toAbsolutePath(), perMille);
    Files.createDirectories(generate.folder.resolve("source"));
    switch (arguments[0]) {
      case "vocabulary" -> generate.vocabulary();
      case "wide" -> generate.wide();
      case "files" -> generate.files();
      default -> throw new IllegalArgumentException("Cannot generate '" + arguments[0] + "'");
    }
    generate.writeExpected();
  }

  /**
   * 8,000,000 rows whose column ID has 5,000,000 different values of 13 to 18 bytes in train, each
   * at least once; of the IDs in validation and test one in two is not in train.
   */
  private void vocabulary() throws IOException {
    long ids = 5_000L * perMille;
    long train = ids * 13 / 10;
    long rows = ids * 8 / 5;
    long stride = coprime(rows);
    int files = 16;
    for (int file = 0; file < files; file++) {
      try (OutputStream out = csv("part-%02d".formatted(file), "DATE,ID,AMOUNT,ITEMS,Y")) {
        for (long row = rows * file / files; row < rows * (file + 1) / files; row++) {
          long place = (row * stride + 7) % rows;
          long random = mix(place);
          String split = place < train ? "train" : place % 2 == 0 ? "validation" : "test";
          long id = place;
          if (place >= ids && place < train) {
            // Few of these have most of the rows, as it is with customers.
            long u = random >>> 11;
            id = (long) (ids * Math.pow(u * 0x1p-53, 4));
          } else if (place >= train && (random & 1) == 0) {
            id = Long.remainderUnsigned(random >>> 1, ids);
          }
          line.setLength(0);
          line.append(date(split, random)).append(',');
          id(id).append(',');
          decimal(random >>> 20, 100_000, 2).append(',').append((random >>> 40) % 50).append(',');
          decimal(random >>> 30, 10_000, 1).append('\n');
          write(out);
          expected.merge("rows." + split, 1L, Long::sum);
        }
      }
    }
    expected.put("distinct.ID", ids);
    config(List.of("AMOUNT", "ITEMS"), List.of("ID"), List.of("ID"));
  }

  /** 50,000 rows of 2,000 columns, of which 1,998 are features; one cell in 16 is missing. */
  private void wide() throws IOException {
    int rows = 50 * perMille;
    List<String> features =
        IntStream.range(0, 1998).mapToObj("X%04d"::formatted).collect(Collectors.toList());
    long[] values = new long[features.size()];
    long[] thousandths = new long[features.size()];
    int files = 10;
    for (int file = 0; file < files; file++) {
      String header = "DATE,Y," + String.join(",", features);
      try (OutputStream out = csv("part-%02d".formatted(file), header)) {
        for (int row = rows * file / files; row < rows * (file + 1) / files; row++) {
          long random = mix(row);
          String split = row % 8 < 6 ? "train" : row % 8 == 6 ? "validation" : "test";
          line.setLength(0);
          line.append(date(split, random)).append(',');
          decimal(random >>> 30, 10_000, 1);
          for (int column = 0; column < features.size(); column++) {
            line.append(',');
            long cell = mix(random + column);
            if ((cell & 15) == 0) {
              continue;
            }
            long value = (cell >>> 8) % 100_000;
            decimal(value, 100_000, column % 3);
            if (split.equals("train")) {
              values[column]++;
              thousandths[column] += value * (column % 3 == 0 ? 1000 : column % 3 == 1 ? 100 : 10);
            }
          }
          line.append('\n');
          write(out);
          expected.merge("rows." + split, 1L, Long::sum);
        }
      }
    }
    for (int column = 0; column < values.length; column++) {
      expected.put("values." + features.get(column), values[column]);
      expected.put("thousandths." + features.get(column), thousandths[column]);
    }
    config(features, List.of(), List.of());
  }

  /** 20,000 files of five rows, a station each. */
  private void files() throws IOException {
    int files = 20 * perMille;
    for (int file = 0; file < files; file++) {
      try (OutputStream out = csv("station-%05d".formatted(file), "DATE,STATION,WIND,RAIN,Y")) {
        for (int row = 0; row < 5; row++) {
          long random = mix(5L * file + row);
          String split = row < 3 ? "train" : row == 3 ? "validation" : "test";
          line.setLength(0);
          line.append(date(split, random)).append(",S%05d,".formatted(file));
          decimal(random >>> 20, 400, 1).append(',').append((random >>> 40) % 90).append(',');
          decimal(random >>> 30, 400, 1).append('\n');
          write(out);
          expected.merge("rows." + split, 1L, Long::sum);
        }
      }
    }
    expected.put("distinct.STATION", (long) files);
    expected.put("files", (long) files);
    config(List.of("WIND", "RAIN"), List.of("STATION"), List.of());
  }

  private OutputStream csv(String name, String header) throws IOException {
    OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(folder.resolve("source/" + name + ".csv")), 1 << 16);
    out.write((header + "\n").getBytes(StandardCharsets.US_ASCII));
    return out;
  }

  private void write(OutputStream out) throws IOException {
    out.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static LocalDate date(String split, long random) {
    long day = (random >>> 3) % 365;
    return switch (split) {
      case "train" -> TRAIN.plusDays((random >>> 3) % 1000);
      case "validation" -> VALIDATION.plusDays(day);
      default -> TEST.plusDays(day);
    };
  }

  /** No two numbers have one text. */
  private StringBuilder id(long number) {
    String digits = Long.toUnsignedString(mix(number), 36);
    line.append(number % 3 == 0 ? "" : number % 3 == 1 ? "u-" : "acct-");
    return line.append("0".repeat(13 - digits.length())).append(digits);
  }

  private StringBuilder decimal(long random, int below, int digits) {
    long value = random % below;
    int unit = digits == 0 ? 1 : digits == 1 ? 10 : 100;
    line.append(value / unit);
    if (digits > 0) {
      String fraction = Long.toString(value % unit);
      line.append('.').append("0".repeat(digits - fraction.length())).append(fraction);
    }
    return line;
  }

  /** SplitMix64's finalizer (Steele, Lea, Flood 2014): a bijection of 64 bits. */
  private static long mix(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** A stride that meets each of so many places once, far from the one before. */
  private static long coprime(long rows) {
    long stride = (long) (rows * 0.618) | 1;
    while (java.math.BigInteger.valueOf(stride).gcd(java.math.BigInteger.valueOf(rows)).intValue()
        != 1) {
      stride += 2;
    }
    return stride;
  }

  private void config(List<String> numeric, List<String> nominal, List<String> keep)
      throws IOException {
    String text =
        """
        name: scale
        source: {files: ["source/*.csv"]}
        columns:
          label: Y
          numeric: %s
          nominal: %s
          keep: %s
        split:
          column: DATE
          train: {until: %s}
          validation: {from: %s, until: %s}
          test: {from: %s}
        output: {dataset: datasets}
        """
            .formatted(numeric, nominal, keep, VALIDATION, VALIDATION, TEST, TEST);
    Files.writeString(folder.resolve("config.yaml"), text);
  }

  private void writeExpected() throws IOException {
    List<String> lines = new ArrayList<>();
    expected.forEach((key, value) -> lines.add(key + "=" + value));
    Files.write(folder.resolve("expected.properties"), lines);
  }
}
