package dev.almanac.transforms.reuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.dataset.Preparation;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.problem.DamagedFileException;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceRange;
import dev.almanac.transforms.staging.ChunkStager;
import dev.almanac.transforms.staging.ChunkTask;
import dev.almanac.transforms.staging.DatasetJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
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
    assertEquals(text(full, DatasetManifest.FILE), text(since, DatasetManifest.FILE));
    assertEquals(text(full, "transform/transform.json"), text(since, "transform/transform.json"));

    Dataset again =
        new Preparation(output, shuffled).since(since).prepare(source, "20200104T000000Z");
    assertEquals(text(full, DatasetManifest.FILE), text(again, DatasetManifest.FILE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void filesOfTheSameContentAreNotReadWhateverTheirAge(boolean shuffled) throws IOException {
    Dataset first =
        new Preparation(output, shuffled).inRangesOf(3000).prepare(source, "20200101T000000Z");
    for (int file = 0; file < 5; file++) {
      Files.setLastModifiedTime(
          source.resolve("%d.csv".formatted(file)), FileTime.fromMillis(1_600_000_000_000L + file));
    }
    Preparation again = new Preparation(output, shuffled).inRangesOf(3000).since(first);
    for (ChunkTask task : again.chunks(source)) {
      for (int i = 0; i < task.chunk().ranges().size(); i++) {
        assertNotNull(task.kept().get(i), task.chunk().ranges().get(i).toString());
      }
    }
    Dataset since = again.prepare(source, "20200102T000000Z");
    assertEquals(text(first, DatasetManifest.FILE), text(since, DatasetManifest.FILE));
  }

  @ParameterizedTest
  @ValueSource(longs = {3000, SourceChunk.RANGE})
  void aFileChangedInPlaceWithItsSizeAndAgeIsReadAnew(long bytes) throws IOException {
    Dataset first =
        new Preparation(output, true).inRangesOf(bytes).prepare(source, "20200101T000000Z");
    Path changed = source.resolve("2.csv");
    String text = Files.readString(changed);
    int at = text.lastIndexOf("plain");
    Files.writeString(changed, text.substring(0, at) + "PLAIN" + text.substring(at + 5));
    Files.setLastModifiedTime(changed, OLD);
    Preparation again = new Preparation(output, true).inRangesOf(bytes).since(first);
    int read = 0;
    for (ChunkTask task : again.chunks(source)) {
      for (int i = 0; i < task.chunk().ranges().size(); i++) {
        SourceRange range = task.chunk().ranges().get(i);
        boolean holds = task.kept().containsKey(i);
        read += holds ? 0 : 1;
        assertTrue(holds || range.file().name().equals("2.csv"), range.toString());
      }
    }
    assertEquals(1, read);
    Dataset since = again.prepare(source, "20200102T000000Z");
    Dataset full =
        new Preparation(output, true).inRangesOf(bytes).prepare(source, "20200103T000000Z");
    assertNotEquals(first.manifest().hash(), full.manifest().hash());
    assertEquals(text(full, DatasetManifest.FILE), text(since, DatasetManifest.FILE));
  }

  @Test
  void aFileThatChangesOnceItWasComparedIsRefused() throws IOException {
    Dataset first = new Preparation(output, true).prepare(source, "20200101T000000Z");
    List<ChunkTask> chunks = new Preparation(output, true).since(first).chunks(source);
    Files.writeString(source.resolve("2.csv"), "day,note,size,label\n");
    DatasetJob job = new Preparation(output, true).job(source, "20200102T000000Z");
    IOException refused =
        assertThrows(
            IOException.class,
            () -> {
              for (ChunkTask chunk : chunks) {
                new ChunkStager(job).stage(chunk);
              }
            });
    assertTrue(
        refused
            .getMessage()
            .startsWith("Cannot reuse what was kept of " + source.resolve("2.csv") + ": "),
        refused.getMessage());
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

  @ParameterizedTest
  @ValueSource(strings = {"chunk-000000.rows", "chunk-000000.statistics", "index.json"})
  void whatIsDamagedIsNotReused(String name) throws IOException {
    Dataset first = new Preparation(output, false).prepare(source, "20200101T000000Z");
    Path kept = Path.of(first.folder(), "source", name);
    byte[] bytes = Files.readAllBytes(kept);
    bytes[500] ^= 1;
    Files.write(kept, bytes);
    refused(first, "source/" + name + ": its content changed: sha-256 ");
    Files.write(kept, Arrays.copyOf(bytes, 400));
    refused(first, "source/" + name + ": it has 400 bytes (");
    Files.delete(kept);
    refused(first, "source/" + name + ": it is missing");
  }

  private void refused(Dataset first, String what) {
    DamagedFileException refused =
        assertThrows(
            DamagedFileException.class,
            () -> new Preparation(output, false).since(first).chunks(source));
    assertTrue(refused.getMessage().contains(what), refused.getMessage());
  }

  @Test
  void aDatasetCanKeepNothing() throws IOException {
    Dataset kept = new Preparation(output, true).prepare(source, "20200101T000000Z");
    Dataset bare =
        new Preparation(output, true).withoutKeeping().prepare(source, "20200102T000000Z");
    assertTrue(KeptSource.isIn(kept));
    assertFalse(KeptSource.isIn(bare));
    assertFalse(Files.exists(Path.of(bare.folder(), "source")));
    assertEquals(kept.manifest().hash(), bare.manifest().hash());
  }

  private static String text(Dataset dataset, String path) throws IOException {
    return Files.readString(Path.of(dataset.folder(), path));
  }
}
