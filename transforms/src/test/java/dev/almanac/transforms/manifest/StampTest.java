package dev.almanac.transforms.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampTest {
  private static final Instant SECOND = Instant.parse("2026-07-28T10:15:30Z");

  @TempDir Path root;

  @Test
  void aNameReadsBackAsTheStampThatGaveIt() {
    assertEquals("20260728T101530Z", Stamp.of(SECOND.plusMillis(999)).toString());
    for (int number : new int[] {1, 2, 10, 999_999_999}) {
      Stamp stamp = new Stamp(SECOND, number);
      assertEquals(Optional.of(stamp), Stamp.of(stamp.toString()));
    }
    assertEquals("20260728T101530Z-2", Stamp.of(SECOND).next().toString());
  }

  @Test
  void whatIsNoDateAndTimeIsNoStamp() {
    for (String name :
        List.of(
            "20260728",
            "20260728T101530",
            "20260728T101530Z-",
            "20260728T101530Z-0",
            "20260728T101530Z-02",
            "20260728T101530Z-1f00ab42",
            "20260728T101530Z-9999999999",
            "20260230T101530Z",
            "20260728T256000Z",
            "notes")) {
      assertEquals(Optional.empty(), Stamp.of(name), name);
    }
    assertThrows(IllegalArgumentException.class, () -> new Stamp(SECOND, 0));
  }

  @Test
  void theNewestDatasetIsTheLastOfTheLatestSecondByNumber() throws IOException {
    List<String> oldestFirst =
        List.of(
            "20260728T101529Z-11",
            "20260728T101530Z",
            "20260728T101530Z-2",
            "20260728T101530Z-3",
            "20260728T101530Z-10",
            "20260728T101531Z");
    for (String name : oldestFirst) {
      Storage.writeText(Storage.resolve(root.toString(), name, DatasetManifest.FILE), "{}");
    }
    Storage.writeText(Storage.resolve(root.toString(), "20260729T101530Z", "notes.txt"), "");
    Storage.writeText(Storage.resolve(root.toString(), "newest", DatasetManifest.FILE), "{}");
    List<String> newestFirst =
        Dataset.newestFirst(root.toString()).stream().map(Storage::name).toList();
    assertEquals(oldestFirst.size(), newestFirst.size());
    for (int i = 0; i < oldestFirst.size(); i++) {
      assertEquals(oldestFirst.get(i), newestFirst.get(newestFirst.size() - 1 - i));
    }
  }
}
