package dev.almanac.benchmarks.prepare;

import dev.almanac.benchmarks.figures.MarkdownTable;
import dev.almanac.benchmarks.measure.MeasuredProcess;
import dev.almanac.benchmarks.measure.Measurement;
import dev.almanac.benchmarks.measure.ThreadTimes;
import dev.almanac.benchmarks.profile.RecordedStages;
import dev.almanac.benchmarks.profile.RecordedStages.Samples;
import dev.almanac.benchmarks.profile.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What each part of a run of ours costs, and how far it is from the floor.
 *
 * <p>The run is under a flight recorder; a second one without it is what the floor is compared
 * with.
 */
final class PrepareProfile {
  private final Almanac ours;
  private final Path output;
  private final Path recording;
  private final MeasuredProcess processes;

  PrepareProfile(Almanac ours, Path work, MeasuredProcess processes) {
    this.ours = ours;
    this.output = work.resolve("output");
    this.recording = work.resolve("profile-%s.jfr".formatted(ours.name()));
    this.processes = processes;
  }

  /** Runs the task twice and returns tables. */
  String of(Task task) throws IOException, InterruptedException, SQLException {
    ours.ready(task);
    double read = Floor.read(task.data().paths(), task.threads());
    read = Math.min(read, Floor.read(task.data().paths(), task.threads()));
    Trees.empty(output);
    Measurement plain =
        succeeded(processes.run(ours.command(task, output), ours.environment(task)));
    long written = OutputTotals.of(ours, output).bytes();
    Trees.empty(output);
    double write = Floor.write(output, written, task.threads());
    String floor = floor(task, plain, read, write, written);
    String parts = recorded(task);
    Trees.delete(output);
    return floor + "\n" + parts;
  }

  private String recorded(Task task) throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(ours.environment(task));
    environment.merge(
        Almanac.JAVA_OPTIONS,
        "-XX:StartFlightRecording=filename=%s,settings=profile,dumponexit=true"
            .formatted(recording),
        (given, added) -> given + " " + added);
    AtomicReference<ThreadTimes> watched = new AtomicReference<>();
    Instant start = Instant.now();
    Measurement run =
        succeeded(
            processes.run(
                ours.command(task, output),
                environment,
                pid -> watched.set(ThreadTimes.watch(pid))));
    Instant end = start.plus(nanos(run.wallSeconds()));
    watched.get().close();
    RecordedStages stages = RecordedStages.of(recording);
    return timeline(task, start, end, stages)
        + "\n"
        + costs(run, stages, ThreadGroups.of(watched.get().byName()));
  }

  private String floor(Task task, Measurement run, double read, double write, long written) {
    double sum = read + write;
    return new MarkdownTable(task.label() + ", " + ours.name(), "wall s", "MB")
        .row("floor: read the source once", "%.2f".formatted(read), task.data().bytes() / 1_000_000)
        .row("floor: write the output once", "%.2f".formatted(write), written / 1_000_000)
        .row("prepare", "%.2f".formatted(run.wallSeconds()))
        .row("prepare / floor", "x %.1f".formatted(run.wallSeconds() / sum))
        .toString();
  }

  private static String timeline(Task task, Instant start, Instant end, RecordedStages stages) {
    MarkdownTable table = new MarkdownTable("wall, recorded run", "from s", "s");
    Samples csv = stages.stages().get(Stage.CSV_SCAN);
    Samples parquet = stages.stages().get(Stage.PARQUET);
    if (csv == null || parquet == null) {
      return "The run was too short for a timeline.\n";
    }
    Instant[] marks = {start, stages.jvmStart(), csv.first(), csv.last(), parquet.last(), end};
    String[] names = {
      "launcher, until the JVM starts",
      "start-up of JVM, Beam and engine, until the first row",
      "read, compute, statistics, spool",
      "fit, encode, write",
      "commit and shut down"
    };
    for (int i = 0; i < names.length; i++) {
      table.row(
          names[i],
          "%.1f".formatted(seconds(start, marks[i])),
          "%.1f".formatted(seconds(marks[i], marks[i + 1])));
    }
    return table.toString();
  }

  private static String costs(Measurement run, RecordedStages stages, ThreadGroups groups) {
    MarkdownTable table = new MarkdownTable("CPU, recorded run", "s", "share");
    double all = run.cpuSeconds();
    cost(table, "JIT compiler", groups.compiler(), all);
    cost(table, "garbage collector", groups.collector(), all);
    cost(table, "JVM's other threads, recorder", groups.machine(), all);
    cost(table, "Java threads, in the kernel", groups.kernel(), all);
    stages.stages().entrySet().stream()
        .sorted((a, b) -> Long.compare(b.getValue().count(), a.getValue().count()))
        .forEach(
            entry ->
                cost(
                    table,
                    "Java threads: " + entry.getKey().text(),
                    groups.java() * entry.getValue().count() / stages.samples(),
                    all));
    cost(
        table,
        "not seen (ended between two looks)",
        all
            - groups.compiler()
            - groups.collector()
            - groups.machine()
            - groups.kernel()
            - groups.java(),
        all);
    return table
        + "\n%d samples; collections stopped the threads for %.1f s in all\n"
            .formatted(stages.samples(), stages.collections());
  }

  private static void cost(MarkdownTable table, String part, double seconds, double all) {
    table.row(part, "%.1f".formatted(seconds), "%.0f %%".formatted(100 * seconds / all));
  }

  private Measurement succeeded(Measurement run) throws IOException {
    if (run.exit() != 0) {
      throw new IOException(
          "Cannot profile %s: it ended with %d%n%s"
              .formatted(ours.name(), run.exit(), run.lastLines()));
    }
    return run;
  }

  private static double seconds(Instant from, Instant until) {
    return Duration.between(from, until).toMillis() / 1e3;
  }

  private static Duration nanos(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
