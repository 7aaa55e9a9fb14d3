package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.testdata.StationFiles;
import dev.almanac.testdata.StationFilesSpec;
import dev.almanac.transforms.manifest.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of two workers, each a process, of which one is killed while it works: the dataset is
 * the one that this machine makes without any cluster.
 *
 * <p>The cluster is started by the script that stands in the runner's folder. No worker comes for
 * the one that was killed: the other must suffice.
 */
public abstract class ClusterContract {
  private static final long MEGABYTES = 120;
  private static final long START_MINUTES = 5;

  @TempDir static Path shared;
  private static Path expected;

  @TempDir Path folder;
  private Path cluster;
  private String master;

  /** The engine's name on the command line. */
  protected abstract String runner();

  /** Flags of the launched process's JVM. */
  protected abstract List<String> flags() throws IOException;

  /** What stands behind {@code --}. */
  protected abstract List<String> options(String master);

  /** Whether the engine says that it lost the worker and went on, in these logs. */
  protected abstract boolean sawTheLoss(String launchedLog, Path cluster) throws IOException;

  @BeforeAll
  static void prepareHere() throws Exception {
    new StationFiles(StationFilesSpec.ofBytes(MEGABYTES * 1_000_000).withStations(72).withSeed(7))
        .write(shared.resolve("source"));
    Path datasets = shared.resolve("datasets");
    try (Launched prepare = prepare("direct", datasets, List.of(), List.of())) {
      prepare.finish();
    }
    expected = Path.of(Dataset.open(datasets.toString()).folder());
  }

  @BeforeEach
  void start() throws Exception {
    cluster = folder.resolve("cluster");
    master = script("start", cluster.toString(), "2");
  }

  @AfterEach
  void stop() throws Exception {
    script("stop", cluster.toString());
  }

  @Test
  void aWorkerKilledWhileTheSourceIsReadChangesNoByte() throws Exception {
    killWhile("reading", "work/chunk-*.spool", "work/plan.json");
  }

  @Test
  void aWorkerKilledWhileParquetIsWrittenChangesNoByte() throws Exception {
    killWhile("writing", "train/part-*", "test/part-00007-of-00008.parquet");
  }

  /**
   * Kills a worker in the midst of a stage.
   *
   * @param some a glob of files that the stage makes, some of which are there
   * @param last a file that is there only when the stage is about over
   */
  private void killWhile(String stage, String some, String last) throws Exception {
    Path datasets = folder.resolve("datasets");
    long start = System.nanoTime();
    try (Launched prepare = prepare(runner(), datasets, flags(), options(master))) {
      List<Path> begun = List.of();
      while (begun.size() < 2) {
        assertTrue(prepare.isAlive(), prepare::log);
        Thread.sleep(2);
        begun = staged(datasets, some);
      }
      killFirstWorker();
      assertEquals(List.of(), staged(datasets, last), "the stage lasts too short to be tested");
      System.out.printf(
          "%s: a worker killed %s, %.1f s after the start, at %d files%n",
          runner(), stage, secondsSince(start), begun.size());
      prepare.finish();
      assertTrue(sawTheLoss(prepare.log(), cluster), prepare::log);
    }
    System.out.printf("%s: finished %.1f s after the start%n", runner(), secondsSince(start));
    List<Path> left = list(datasets);
    assertEquals(1, left.size(), left::toString);
    SameDataset.assertSame(expected, left.get(0), stage);
  }

  private static Launched prepare(
      String engine, Path datasets, List<String> flags, List<String> beamOptions)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "prepare",
                Launched.ROOT.resolve("testdata/ghcn-sample.yaml").toString(),
                "--runner",
                engine,
                "--set",
                "source.files=[\"%s/*.csv\"]".formatted(shared.resolve("source")),
                // Written by the first run, enforced in the others.
                "--set",
                "schema=" + shared.resolve("schema.json"),
                "--set",
                "output.files=8",
                "--set",
                "output.dataset=" + datasets,
                "--"));
    arguments.addAll(beamOptions);
    return Launched.start(engine, shared, flags, arguments);
  }

  /** Kills a worker and what it has started, such as an executor. */
  private void killFirstWorker() throws IOException {
    String pid =
        Files.readAllLines(cluster.resolve("pids")).stream()
            .filter(line -> line.startsWith("worker-1 "))
            .map(line -> line.substring(line.indexOf(' ') + 1))
            .findFirst()
            .orElseThrow();
    ProcessHandle worker = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    List<ProcessHandle> started = worker.descendants().toList();
    worker.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /** Runs the cluster's script and returns the last line that it prints. */
  private String script(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Launched.ROOT
                    .resolve("runners-config")
                    .resolve(runner())
                    .resolve("cluster")
                    .toString()));
    command.addAll(Arrays.asList(arguments));
    Path out = Files.createTempFile(folder, "cluster", ".out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectErrorStream(true).start();
    assertTrue(process.waitFor(START_MINUTES, TimeUnit.MINUTES), "the script did not end");
    List<String> printed = Files.readAllLines(out);
    assertEquals(0, process.exitValue(), printed::toString);
    return printed.isEmpty() ? "" : printed.get(printed.size() - 1);
  }

  private static List<Path> staged(Path datasets, String glob) throws IOException {
    int slash = glob.indexOf('/');
    List<Path> found = new ArrayList<>();
    for (Path path : list(datasets)) {
      Path inside = path.resolve(glob.substring(0, slash));
      if (path.toString().endsWith(".staging") && Files.isDirectory(inside)) {
        try (Stream<Path> files = Files.list(inside)) {
          var matcher = inside.getFileSystem().getPathMatcher("glob:" + glob.substring(slash + 1));
          found.addAll(files.filter(file -> matcher.matches(file.getFileName())).toList());
        }
      }
    }
    return found;
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
