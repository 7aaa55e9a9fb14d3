package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code kill -9} leaves of a prepare, whichever engine ran: no dataset or a whole one, and
 * nothing that the next run does not sweep.
 *
 * <p>Moments are drawn over the time that a whole run took. One that lies behind the first file is
 * counted from that file on, so that a busy machine does not move it to another stage.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class KillContract {
  private static final int RANDOM_KILLS = 30;
  private static final int KILLS_WHILE_MOVING = 5;
  private static final long SEED = 20260728;

  private Path folder;
  private List<String> classes;
  private Path datasets;
  private Path whole;
  private List<Path> visibleBefore;
  private List<Path> claimsBefore;
  private double secondsToFirstFile;
  private double seconds;

  /** The engine's name on the command line. */
  protected abstract String runner();

  @BeforeAll
  void runTwiceInPeace(@TempDir Path temporary) throws Exception {
    folder = temporary;
    // Most of a run is the loading of classes: the first archives them for the others.
    Path archive = folder.resolve("classes.jsa");
    classes = List.of("-XX:ArchiveClassesAtExit=" + archive);
    datasets = folder.resolve("archiving");
    try (Launched prepare = prepare()) {
      prepare.finish();
    }
    classes = List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    datasets = folder.resolve("measured");
    remember();
    long start = System.nanoTime();
    try (Launched prepare = prepare()) {
      awaitClaim(prepare);
      secondsToFirstFile = secondsSince(start);
      prepare.finish();
      seconds = secondsSince(start);
    }
    whole = Path.of(Dataset.open(datasets.toString()).folder());
  }

  @BeforeEach
  void startAnew(TestInfo test) {
    datasets = folder.resolve(test.getTestMethod().orElseThrow().getName());
  }

  @Test
  void aKillAtAnyMomentLeavesNoDatasetOrAWholeOne() throws Exception {
    Random random = new Random(SEED);
    TreeMap<String, Integer> left = new TreeMap<>();
    for (int i = 0; i < RANDOM_KILLS; i++) {
      double moment = random.nextDouble() * seconds;
      remember();
      long start = System.nanoTime();
      try (Launched prepare = prepare()) {
        if (moment > secondsToFirstFile) {
          awaitClaim(prepare);
          start = System.nanoTime();
          moment -= secondsToFirstFile;
        }
        while (prepare.isAlive() && secondsSince(start) < moment) {
          Thread.sleep(1);
        }
        prepare.kill();
      }
      left.merge(
          state("kill %d, at %.3f of %.3f s".formatted(i, moment, seconds)), 1, Integer::sum);
    }
    System.out.printf("%s: %.1f s a run; kills left %s%n", runner(), seconds, left);
    assertTrue(left.getOrDefault("staged files", 0) > RANDOM_KILLS / 6, left::toString);
    assertTheNextRunSweeps();
  }

  @Test
  void aKillWhileFilesMoveToTheirPlaceLeavesNoDatasetOrAWholeOne() throws Exception {
    TreeMap<String, Integer> left = new TreeMap<>();
    for (int i = 0; i < KILLS_WHILE_MOVING; i++) {
      remember();
      try (Launched prepare = prepare()) {
        while (prepare.isAlive() && visibleBefore.containsAll(visible())) {
          Thread.sleep(1);
        }
        prepare.kill();
      }
      left.merge(state("kill %d, at the first file moved".formatted(i)), 1, Integer::sum);
    }
    System.out.printf("%s: kills while files move left %s%n", runner(), left);
    assertTheNextRunSweeps();
  }

  private void remember() throws IOException {
    visibleBefore = visible();
    claimsBefore = claims();
  }

  private Launched prepare() throws IOException {
    List<String> flags = new ArrayList<>(classes);
    flags.add("-XX:TieredStopAtLevel=1");
    return Launched.start(
        runner(),
        folder,
        flags,
        List.of(
            "prepare",
            Launched.ROOT.resolve("testdata/ghcn-sample.yaml").toString(),
            "--runner",
            runner(),
            "--set",
            "output.dataset=" + datasets));
  }

  /** Waits for what a run writes first. */
  private void awaitClaim(Launched prepare) throws IOException, InterruptedException {
    while (prepare.isAlive() && claimsBefore.containsAll(claims())) {
      Thread.sleep(1);
    }
  }

  private List<Path> claims() throws IOException {
    return list(datasets).stream().filter(path -> path.toString().endsWith(".claim")).toList();
  }

  private List<Path> visible() throws IOException {
    return list(datasets).stream()
        .filter(path -> !path.getFileName().toString().startsWith("."))
        .toList();
  }

  /** Checks all that can be seen, and says what the last kill left. */
  private String state(String when) throws IOException {
    String left = claimsBefore.containsAll(claims()) ? "nothing" : "staged files";
    List<String> finished = new ArrayList<>();
    for (Path path : visible()) {
      boolean isNew = !visibleBefore.contains(path);
      if (Files.exists(path.resolve(DatasetManifest.FILE))) {
        SameDataset.assertSame(whole, path, when);
        finished.add(path.toString());
        left = isNew ? "a dataset" : left;
      } else {
        assertThrows(IOException.class, () -> Dataset.open(path.toString()), when);
        left = isNew ? "files moved to their place" : left;
      }
    }
    if (finished.isEmpty()) {
      assertThrows(IOException.class, () -> Dataset.open(datasets.toString()), when);
    } else {
      assertEquals(
          finished.get(finished.size() - 1), Dataset.open(datasets.toString()).folder(), when);
    }
    return left;
  }

  private void assertTheNextRunSweeps() throws Exception {
    try (Launched prepare = prepare()) {
      prepare.finish();
    }
    for (Path path : list(datasets)) {
      SameDataset.assertSame(whole, path, "after the last run");
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    }
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
