package dev.almanac.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.dataset.verify.DatasetVerification;
import dev.almanac.transforms.manifest.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiedRejectsTest {
  private static final int REJECTED = 10_003;

  @TempDir Path source;
  @TempDir Path output;

  @Test
  void aDatasetThatCouldNotKeepAllOfItsRejectsIsAsItWasWritten() throws IOException {
    Path file = source.resolve("a.csv");
    Preparation.write(file, 1, 500);
    Files.writeString(file, "2001-01-01,note,1,none\n".repeat(REJECTED), StandardOpenOption.APPEND);
    Dataset dataset =
        new Preparation(output, false).allowing(REJECTED).prepare(source, "20200101T000000Z");
    assertEquals(REJECTED, dataset.manifest().totals().rejected());
    assertEquals(
        List.of("schema.json"),
        DatasetVerification.of(dataset.folder(), read -> {}).differences().stream()
            .map(DatasetVerification.Difference::path)
            .toList(),
        "a preparation of tests has no schema");
  }
}
