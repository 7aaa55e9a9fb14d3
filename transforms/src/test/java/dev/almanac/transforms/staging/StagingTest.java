package dev.almanac.transforms.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.manifest.Stamp;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that was killed leaves, a later one sweeps; what lives or is whole stays. */
class StagingTest {
  private static final String STAMP = "20260728T101530Z";
  private static final String LAST = "dataset.json";

  @TempDir Path root;

  /** A process that claims a dataset, writes these files below the root and ends unreleased. */
  static final class Killed {
    public static void main(String[] arguments) throws IOException {
      Staging staging = new Staging(arguments[0], STAMP);
      claim(staging);
      for (String file : List.of(arguments).subList(1, arguments.length)) {
        Storage.writeText(Storage.resolve(arguments[0], file), file);
      }
      Runtime.getRuntime().halt(137);
    }
  }

  private static StagingClaim claim(Staging staging) throws IOException {
    StagingClaim claim = StagingClaim.here(staging);
    claim.write();
    return claim;
  }

  @Test
  void whatWasStagedIsSweptAtWhateverFileItBrokeOff() throws Exception {
    List<String> files = List.of(staged("schema.json"), staged("work/plan.json"));
    for (int written = 0; written <= files.size(); written++) {
      killed(files.subList(0, written));
      assertFalse(left().isEmpty());
      sweep();
      assertEquals(Set.of(), left());
    }
  }

  @Test
  void whatWasMovedToItsPlaceIsSweptWhenItsLastFileIsMissing() throws Exception {
    killed(
        List.of(
            staged("test/part-00000-of-00001.parquet"),
            STAMP + "/train/part-00000-of-00001.parquet",
            STAMP + "/.dataset.json.writing"));
    sweep();
    assertEquals(Set.of(), left());
  }

  @Test
  void aWholeDatasetStaysWhenItsMakerWasKilledWhileItCleanedUp() throws Exception {
    killed(List.of(staged("work/plan.json"), STAMP + "/schema.json", STAMP + "/dataset.json"));
    sweep();
    assertEquals(Set.of(STAMP + "/schema.json", STAMP + "/dataset.json"), left());
  }

  @Test
  void whatAProcessThatRunsIsMakingStays() throws IOException {
    Staging staging = new Staging(root.toString(), STAMP);
    StagingHold hold = new StagingHold(claim(staging), LAST);
    Storage.writeText(staging.file("schema.json"), "{}");
    Set<String> before = left();
    sweep();
    assertEquals(before, left());
    assertTrue(staging.isTaken());
    hold.close();
    assertEquals(Set.of(), left());
    assertFalse(staging.isTaken());
  }

  @Test
  void whatWasMovedToItsPlaceAndNotFinishedGoesWithTheHold() throws IOException {
    Staging staging = new Staging(root.toString(), STAMP);
    for (boolean whole : new boolean[] {false, true}) {
      try (StagingHold hold = new StagingHold(claim(staging), LAST)) {
        assertTrue(hold != null);
        Storage.writeText(staging.file("schema.json"), "{}");
        staging.publish();
        if (whole) {
          Storage.writeText(Storage.resolve(staging.dataset(), LAST), "{}");
        }
      }
      assertEquals(whole ? Set.of(STAMP + "/schema.json", STAMP + "/" + LAST) : Set.of(), left());
    }
  }

  @Test
  void aNameThatARunningProcessClaimedAsWellStays() throws Exception {
    killed(List.of(staged("schema.json")));
    try (StagingHold hold = new StagingHold(claim(new Staging(root.toString(), STAMP)), LAST)) {
      assertTrue(hold != null);
      Set<String> before = left();
      sweep();
      assertEquals(before, left());
    }
  }

  @Test
  void thoseWhoBeginInTheSameSecondGetNamesOfTheirOwnHoweverManyAtOnce() throws Exception {
    Instant now = Instant.parse("2026-07-28T10:15:30Z");
    Storage.writeText(Storage.resolve(root.toString(), STAMP, LAST), "{}");
    int many = 12;
    ExecutorService threads = Executors.newFixedThreadPool(many);
    List<Future<Staging>> asked = new ArrayList<>();
    List<StagingHold> holds = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < many; i++) {
      boolean holding = i % 2 == 0;
      asked.add(
          threads.submit(
              () -> {
                if (!holding) {
                  return Staging.reserve(root.toString(), now);
                }
                StagingHold hold = Staging.begin(root.toString(), now, LAST);
                holds.add(hold);
                return hold.staging();
              }));
    }
    Set<String> names = new TreeSet<>();
    for (Future<Staging> one : asked) {
      names.add(one.get().stamp());
    }
    threads.shutdown();
    assertEquals(many, names.size());
    assertFalse(names.contains(STAMP));
    for (String name : names) {
      assertTrue(Stamp.of(name).orElseThrow().second().equals(now), name);
    }
    for (StagingHold hold : holds) {
      hold.close();
    }
    for (Future<Staging> one : asked) {
      one.get().delete();
    }
    assertEquals(Set.of(STAMP + "/" + LAST), left());
  }

  @Test
  void foldersThatNobodyClaimedStay() throws IOException {
    Storage.writeText(Storage.resolve(root.toString(), "20260101T000000Z/notes.txt"), "mine");
    Set<String> before = left();
    sweep();
    assertEquals(before, left());
  }

  @Test
  void anotherMachinesGoesAfterADayOfSilenceAndIsNamedBefore() throws IOException {
    Instant now = Instant.parse("2026-07-28T10:15:30Z");
    Staging staging = new Staging(root.toString(), STAMP);
    Storage.writeText(staging.file("schema.json"), "{}");
    new StagingClaim(staging, "elsewhere", 7, 1, "f0", 0).write();
    Path claim = root.resolve(".%s.7-1-f0.elsewhere.claim".formatted(STAMP));
    Files.setLastModifiedTime(claim, FileTime.from(now));
    assertEquals(List.of(), sweepAt(now.plus(Duration.ofMinutes(29))));
    assertEquals(
        List.of(
            "left %s of process 7 on elsewhere, last heard of at 2026-07-28T10:15:30Z; delete the folder and the claim beside it if that has ended (after 24 hours of silence we do)"
                .formatted(staging.folder())),
        sweepAt(now.plus(Duration.ofHours(23))));
    assertFalse(left().isEmpty());
    assertEquals(
        List.of("deleted %s, which process 7 on elsewhere left behind".formatted(staging.folder())),
        sweepAt(now.plus(Duration.ofHours(25))));
    assertEquals(Set.of(), left());
  }

  private List<String> sweepAt(Instant now) throws IOException {
    return Staging.sweep(root.toString(), LAST, now);
  }

  private static String staged(String path) {
    return ".%s.staging/%s".formatted(STAMP, path);
  }

  private void sweep() throws IOException {
    Staging.sweep(root.toString(), LAST);
  }

  private void killed(List<String> files) throws Exception {
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xshare:auto",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Killed.class.getName(),
                            root.toString()),
                        files.stream())
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals(137, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
  }

  /** Every file and every empty folder below the root, but the root. */
  private Set<String> left() throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(path -> !path.equals(root))
          .filter(path -> Files.isRegularFile(path) || path.toFile().list().length == 0)
          .map(path -> root.relativize(path).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
