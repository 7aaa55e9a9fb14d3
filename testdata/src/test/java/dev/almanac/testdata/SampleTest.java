package dev.almanac.testdata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample in the repository is what the generator makes now. */
class SampleTest {

  /** Surefire runs in the module's folder. */
  private static final Path COMMITTED = Path.of("ghcn-sample").toAbsolutePath();

  @TempDir Path temporary;

  @Test
  void theCommittedSampleIsWhatTheGeneratorMakes() throws IOException {
    List<Path> made = new StationFiles(StationFilesSpec.sample()).write(temporary).files();
    assertEquals(names(made), names(sample()));
    for (Path file : made) {
      Path committed = COMMITTED.resolve(file.getFileName());
      if (file.toString().endsWith(".gz")) {
        // Builds of zlib compress differently; header and content do not depend on them.
        assertArrayEquals(header(file), header(committed), file.toString());
        assertArrayEquals(decompressed(file), decompressed(committed), file.toString());
      } else {
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(committed), file.toString());
      }
    }
  }

  @Test
  void theSampleIsSmall() throws IOException {
    long bytes = 0;
    for (Path file : sample()) {
      bytes += Files.size(file);
    }
    assertTrue(bytes < 2_500_000, "bytes " + bytes);
  }

  @Test
  void everyStationHasRowsToTrainToValidateAndToTest() throws IOException {
    for (Path file : sample()) {
      byte[] bytes =
          file.toString().endsWith(".gz") ? decompressed(file) : Files.readAllBytes(file);
      List<LocalDate> dates = StationTable.of(bytes).dates();
      LocalDate validation = LocalDate.of(2010, 1, 1);
      LocalDate test = LocalDate.of(2013, 1, 1);
      long train = dates.stream().filter(date -> date.isBefore(validation)).count();
      long tested = dates.stream().filter(date -> !date.isBefore(test)).count();
      assertTrue(train > 1_000, file + " train " + train);
      assertTrue(tested > 100, file + " test " + tested);
      assertTrue(dates.size() - train - tested > 100, file + " validation");
    }
  }

  private static List<Path> sample() throws IOException {
    try (var files = Files.list(COMMITTED)) {
      return files.toList();
    }
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).sorted().toList();
  }

  private static byte[] header(Path file) throws IOException {
    return Arrays.copyOf(Files.readAllBytes(file), 10);
  }

  private static byte[] decompressed(Path file) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file))).readAllBytes();
  }
}
