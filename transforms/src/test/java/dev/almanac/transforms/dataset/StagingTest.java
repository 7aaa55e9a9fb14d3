package dev.almanac.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
  private static final Instant NOW = Instant.parse("2026-07-28T10:15:30Z");

  @TempDir Path root;
  private Staging staging;

  @BeforeEach
  void stage() throws IOException {
    staging = new Staging(root.toString(), "20260728T101530Z");
    Storage.writeText(staging.file("train/part-00000-of-00001.parquet"), "rows");
  }

  @Test
  void whatALivingProcessStagesIsLeftAlone() throws IOException {
    StagingClaim claim = staging.claim();
    assertEquals(List.of(), Staging.sweep(root.toString(), NOW.plus(Duration.ofDays(9999))));
    assertTrue(isStaged());
    claim.close();
    assertTrue(isStaged());
  }

  @Test
  void whatAProcessOfThisMachineLeftBehindGoesAtOnce() throws IOException, InterruptedException {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    own(new StagingOwner(DatasetIdentity.hostName(), ended.pid(), null, NOW.toString()));
    assertEquals(
        List.of(
            "deleted %s, which process %d on %s left behind"
                .formatted(staging.folder(), ended.pid(), DatasetIdentity.hostName())),
        Staging.sweep(root.toString(), NOW));
    assertFalse(Files.exists(Path.of(staging.folder())));
  }

  @Test
  void anotherMachinesGoesAfterADayOfSilenceAndIsNamedBefore() throws IOException {
    own(new StagingOwner("elsewhere", 7, null, NOW.toString()));
    assertEquals(List.of(), Staging.sweep(root.toString(), NOW.plus(Duration.ofMinutes(29))));
    assertEquals(
        List.of(
            "left %s of process 7 on elsewhere, last heard of at 2026-07-28T10:15:30Z; delete the folder if that has ended (after 24 hours of silence we do)"
                .formatted(staging.folder())),
        Staging.sweep(root.toString(), NOW.plus(Duration.ofHours(23))));
    assertTrue(isStaged());
    assertEquals(
        List.of("deleted %s, which process 7 on elsewhere left behind".formatted(staging.folder())),
        Staging.sweep(root.toString(), NOW.plus(Duration.ofHours(25))));
    assertFalse(Files.exists(Path.of(staging.folder())));
  }

  @Test
  void anOwnerThatNeverGaveASignIsNamedAndNeverDeleted() throws IOException {
    own(new StagingOwner("elsewhere", 7, null, null));
    List<String> lines = Staging.sweep(root.toString(), NOW.plus(Duration.ofDays(9999)));
    assertEquals(1, lines.size());
    assertTrue(lines.get(0).contains("last heard of never"), lines.get(0));
    assertTrue(isStaged());
  }

  @Test
  void anOwnerThatCannotBeReadStopsNobody() throws IOException {
    Storage.writeText(staging.work("owner.json"), "{");
    assertEquals(
        List.of(
            "left %s, whose owner cannot be read; delete the folder if nothing is writing to it"
                .formatted(staging.folder())),
        Staging.sweep(root.toString(), NOW));
    assertTrue(isStaged());
  }

  private void own(StagingOwner owner) throws IOException {
    Storage.writeText(staging.work("owner.json"), Json.pretty(owner));
  }

  private boolean isStaged() {
    return Files.exists(Path.of(staging.file("train/part-00000-of-00001.parquet")));
  }
}
