package dev.almanac.transforms.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.storage.StoredFile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceChunkTest {
  @Test
  void everyFileIsInOneChunkInOrder() {
    List<StoredFile> files = files(5000, 30_000);
    List<SourceChunk> chunks = SourceChunk.cut(files);
    assertEquals(files, chunks.stream().flatMap(chunk -> chunk.files().stream()).toList());
    for (int i = 0; i < chunks.size(); i++) {
      assertEquals(i, chunks.get(i).number());
    }
  }

  @Test
  void thousandsOfTinyFilesAreWorkForManyWorkers() {
    List<SourceChunk> chunks = SourceChunk.cut(files(20_000, 200));
    assertTrue(chunks.size() >= 32, () -> chunks.size() + " chunks");
    assertEquals(1, SourceChunk.cut(files(20, 200)).size());
  }

  private static List<StoredFile> files(int count, long bytes) {
    return IntStream.range(0, count)
        .mapToObj(i -> new StoredFile("/data/%05d.csv".formatted(i), bytes, 0))
        .toList();
  }
}
