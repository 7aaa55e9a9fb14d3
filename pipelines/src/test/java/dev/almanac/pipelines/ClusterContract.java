package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.cli.SmallConfig;
import dev.almanac.testdata.StationFiles;
import dev.almanac.testdata.StationFilesSpec;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.manifest.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of two workers, each a process, of which one is killed while it works: the dataset and
 * the trials are those that this machine makes without any cluster.
 *
 * <p>The cluster is started by the script that stands in the runner's folder. No worker comes for
 * the one that was killed: the other must suffice.
 */
public abstract class ClusterContract {
  private static final long MEGABYTES = 120;
  private static final long START_MINUTES = 5;
  private static final int TRIALS = 5;

  /** Of which each trial lasts for some seconds. */
  private static final String SEARCH =
      SmallConfig.SEARCH
          .replace("trials: 4", "trials: " + TRIALS)
          .replace("epochs: 3", "epochs: 60, patience: 0, checkpoint: {seconds: 0, steps: 20}");

  private static final Pattern LEASE = Pattern.compile("\\.(\\d+)-.*\\.lease");

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

  /** The dataset as this machine makes it, once for all that compare theirs. */
  private static Path expected() throws Exception {
    if (expected != null) {
      return expected;
    }
    new StationFiles(StationFilesSpec.ofBytes(MEGABYTES * 1_000_000).withStations(72).withSeed(7))
        .write(shared.resolve("source"));
    Path datasets = shared.resolve("datasets");
    try (Launched prepare = prepare("direct", datasets, List.of(), List.of())) {
      prepare.finish();
    }
    expected = Path.of(Dataset.open(datasets.toString()).folder());
    return expected;
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
    Path whole = expected();
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
    SameDataset.assertSame(whole, left.get(0), stage);
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

  @Test
  void aWorkerKilledWhileTrialsAreTrainedLosesNone() throws Exception {
    String config = SmallConfig.writeBeside(folder.resolve("search"), SEARCH);
    Path here = folder.resolve("here");
    try (Launched search = search("direct", config, here, List.of(), List.of())) {
      search.finish();
    }
    Path there = folder.resolve("there");
    String cut;
    try (Launched search = search(runner(), config, there, flags(), options(master))) {
      cut = training(there, firstWorker());
      while (cut == null) {
        assertTrue(search.isAlive(), search::log);
        Thread.sleep(20);
        cut = training(there, firstWorker());
      }
      killFirstWorker();
      search.finish();
      assertTrue(sawTheLoss(search.log(), cluster), search::log);
    }
    Map<Integer, Run> trials = finished(there);
    finished(here)
        .forEach(
            (number, expected) -> {
              Run run = trials.get(number);
              assertEquals(expected.record().trial(), run.record().trial());
              assertEquals(
                  expected.record().metrics().get("validation"),
                  run.record().metrics().get("validation"));
              assertArrayEquals(weights(expected), weights(run), "trial " + number);
            });
    assertEquals(TRIALS, trials.size(), "one run a trial");
    String log = Files.readString(there.resolve("runs").resolve(cut).resolve(Run.LOG));
    assertTrue(log.contains("trying again: the engine gave it to process"), log);
    try (Stream<Path> left = Files.list(there.resolve("studies/small"))) {
      assertEquals(List.of(), left.filter(path -> path.toString().contains("engine-")).toList());
    }
  }

  private Launched search(
      String engine, String config, Path to, List<String> flags, List<String> beamOptions)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "search",
                config,
                "--runner",
                engine,
                "--set",
                "train.runs=" + to.resolve("runs"),
                "--"));
    arguments.addAll(beamOptions);
    return Launched.start(engine, folder, flags, arguments);
  }

  /** A run that a process below this one has trained for some epochs; null when there is none. */
  private static String training(Path search, ProcessHandle worker) throws IOException {
    List<Long> processes = worker.descendants().map(ProcessHandle::pid).toList();
    for (Path run : list(search.resolve("runs"))) {
      for (Path file : list(run)) {
        Matcher lease = LEASE.matcher(file.getFileName().toString());
        Path epochs = run.resolve(Run.EPOCHS);
        if (lease.matches()
            && processes.contains(Long.parseLong(lease.group(1)))
            && Files.exists(epochs)
            && Files.readAllLines(epochs).size() >= 5) {
          return run.getFileName().toString();
        }
      }
    }
    return null;
  }

  /** The runs of a search by their trials; all must have finished. */
  private static Map<Integer, Run> finished(Path search) throws IOException {
    Map<Integer, Run> runs = new TreeMap<>();
    for (Run run : new RunStore(search.resolve("runs").toString()).list()) {
      assertEquals(RunStatus.FINISHED, run.record().status());
      assertNull(runs.put(run.record().trial().number(), run));
    }
    return runs;
  }

  private static float[] weights(Run run) {
    try {
      return run.model().weights();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessHandle firstWorker() throws IOException {
    String pid =
        Files.readAllLines(cluster.resolve("pids")).stream()
            .filter(line -> line.startsWith("worker-1 "))
            .map(line -> line.substring(line.indexOf(' ') + 1))
            .findFirst()
            .orElseThrow();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** Kills a worker and what it has started, such as an executor. */
  private void killFirstWorker() throws IOException {
    ProcessHandle worker = firstWorker();
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
