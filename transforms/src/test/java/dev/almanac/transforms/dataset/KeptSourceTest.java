package dev.almanac.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.artifact.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptSourceTest {
  private static final FileTime OLD = FileTime.fromMillis(1_500_000_000_000L);

  @TempDir Path source;
  @TempDir Path output;

  @BeforeEach
  void write() throws IOException {
    for (int file = 0; file < 5; file++) {
      Path path = source.resolve("%d.csv".formatted(file));
      Preparation.write(path, file, 400 + 100 * file);
      Files.setLastModifiedTime(path, OLD);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void newChangedAndGoneFilesGiveTheBytesOfAFullRun(boolean shuffled) throws IOException {
    Dataset first = new Preparation(output, shuffled).prepare(source, "20200101T000000Z");
    Preparation.write(source.resolve("1.csv"), 77, 512);
    Preparation.write(source.resolve("9.csv"), 9, 90);
    Files.delete(source.resolve("3.csv"));
    Dataset full = new Preparation(output, shuffled).prepare(source, "20200102T000000Z");
    Dataset since =
        new Preparation(output, shuffled).since(first).prepare(source, "20200103T000000Z");
    assertNotEquals(first.manifest().hash(), full.manifest().hash());
    assertEquals(full.manifest().fileHash(), since.manifest().fileHash());
    assertEquals(text(full, "transform/transform.json"), text(since, "transform/transform.json"));

    Dataset again =
        new Preparation(output, shuffled).since(since).prepare(source, "20200104T000000Z");
    assertEquals(full.manifest().fileHash(), again.manifest().fileHash());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void filesThatDidNotChangeAreNotRead(boolean shuffled) throws IOException {
    Preparation ranges = new Preparation(output, shuffled).inRangesOf(3000);
    Dataset first = ranges.prepare(source, "20200101T000000Z");
    for (int file = 0; file < 5; file++) {
      Path path = source.resolve("%d.csv".formatted(file));
      Files.write(path, new byte[(int) Files.size(path)]);
      Files.setLastModifiedTime(path, OLD);
    }
    Dataset since =
        new Preparation(output, shuffled)
            .inRangesOf(3000)
            .since(first)
            .prepare(source, "20200102T000000Z");
    assertEquals(first.manifest().fileHash(), since.manifest().fileHash());
  }

  @Test
  void aFileWrittenAgainIsReusedWhenItsBytesAreTheSame() throws IOException {
    Preparation preparation = new Preparation(output, true);
    Dataset first = preparation.prepare(source, "20200101T000000Z");
    Files.setLastModifiedTime(source.resolve("1.csv"), FileTime.fromMillis(1_600_000_000_000L));
    byte[] bytes = Files.readAllBytes(source.resolve("2.csv"));
    bytes[bytes.length - 2] ^= 1;
    Files.write(source.resolve("2.csv"), bytes);
    DatasetJob job = preparation.job(source, "20200102T000000Z");
    try (KeptRows kept = new KeptRows(job)) {
      for (SourceChunk chunk : preparation.since(first).chunks(source)) {
        for (SourceRange range : chunk.ranges()) {
          boolean isChanged = range.file().name().equals("2.csv");
          assertTrue(range.kept() != null, "the sizes are the same");
          assertEquals(!isChanged, kept.holds(range), range.file().name());
        }
      }
    }
  }

  @Test
  void whatWasKeptIsTheSameInBothOrders() throws IOException {
    Dataset shuffled = new Preparation(output, true).prepare(source, "20200101T000000Z");
    Dataset ordered = new Preparation(output, false).prepare(source, "20200102T000000Z");
    for (String file : new String[] {"chunk-000000.rows", "chunk-000000.statistics"}) {
      assertEquals(
          -1,
          Files.mismatch(
              Path.of(shuffled.folder(), "source", file),
              Path.of(ordered.folder(), "source", file)));
    }
  }

  @Test
  void damagedRowsAreNotReused() throws IOException {
    Dataset first = new Preparation(output, false).prepare(source, "20200101T000000Z");
    Path rows = Path.of(first.folder(), "source", "chunk-000000.rows");
    byte[] bytes = Files.readAllBytes(rows);
    bytes[500] ^= 1;
    Files.write(rows, bytes);
    IOException refused =
        assertThrows(
            IOException.class,
            () -> new Preparation(output, false).since(first).prepare(source, "20200102T000000Z"));
    assertTrue(refused.getMessage().startsWith("Cannot read spool " + rows), refused.getMessage());
    assertTrue(refused.getMessage().contains("it was changed after it was written"));
  }

  @Test
  void aDatasetCanKeepNothing() throws IOException {
    Dataset kept = new Preparation(output, true).prepare(source, "20200101T000000Z");
    Dataset bare =
        new Preparation(output, true).withoutKeeping().prepare(source, "20200102T000000Z");
    assertTrue(KeptSource.isIn(kept.folder()));
    assertFalse(KeptSource.isIn(bare.folder()));
    assertFalse(Files.exists(Path.of(bare.folder(), "source")));
    assertEquals(kept.manifest().hash(), bare.manifest().hash());
  }

  private static String text(Dataset dataset, String path) throws IOException {
    return Files.readString(Path.of(dataset.folder(), path));
  }
}
