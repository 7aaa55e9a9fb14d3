package dev.almanac.benchmarks.prepare;

import dev.almanac.testdata.StationFiles;
import dev.almanac.testdata.StationFilesSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Generated station files that all contestants read.
 *
 * @param gigabytes asked for, of 10^9 bytes, before any compression
 * @param folder of the files
 * @param files how many
 * @param bytes of the files, before any compression
 */
record SourceData(BigDecimal gigabytes, Input input, Path folder, int files, long bytes) {

  /** Generates the files in a folder of {@code work}, unless they are there. */
  static SourceData in(Path work, BigDecimal gigabytes, Input input) throws IOException {
    String name = "%sgb-%s".formatted(gigabytes.toPlainString(), input.text());
    Path folder = work.resolve("data").resolve(name);
    Path written = work.resolve("data").resolve(name + ".bytes");
    if (!Files.exists(written)) {
      Trees.delete(folder);
      System.err.printf("generating %s GB, %s ...%n", gigabytes.toPlainString(), input.text());
      StationFilesSpec spec =
          StationFilesSpec.ofBytes(gigabytes.movePointRight(9).longValueExact())
              .withCompression(input.compression());
      Files.writeString(written, Long.toString(new StationFiles(spec).write(folder).bytes()));
    }
    return new SourceData(
        gigabytes,
        input,
        folder,
        paths(folder).size(),
        Long.parseLong(Files.readString(written).strip()));
  }

  String glob() {
    return folder.resolve(input.glob()).toString();
  }

  /** The files as contestants read them, in their order. */
  List<Path> paths() throws IOException {
    return paths(folder);
  }

  private static List<Path> paths(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted(Comparator.comparing(Path::toString)).toList();
    }
  }
}
