package dev.almanac.benchmarks.prepare;

import dev.almanac.benchmarks.measure.Machine;
import dev.almanac.benchmarks.measure.MeasuredProcess;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of the comparison.
 *
 * <p>Tables go to standard output, progress to standard error. Exit status 0, 1 (a contestant
 * failed or wrote something else than the others) or 2 (the request was wrong).
 */
@Command(
    name = "benchmarks/prepare",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Compares prepare with DuckDB and Spark SQL, each a process, on the same files.")
public final class ComparePrepare implements Callable<Integer> {
  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "1,4",
      description = "gigabytes of 10^9 bytes (${DEFAULT-VALUE})")
  private List<BigDecimal> sizes;

  @Option(names = "--runs", defaultValue = "3", description = "rounds (${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--input",
      defaultValue = "plain",
      description = "plain, gzip or both (${DEFAULT-VALUE})")
  private String input;

  @Option(
      names = "--order",
      defaultValue = "source",
      description = "source, shuffled or both (${DEFAULT-VALUE})")
  private String order;

  @Option(
      names = "--only",
      split = ",",
      description = "some of duckdb, almanac-spark, almanac-flink, almanac-direct, spark-sql")
  private List<String> only;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "of each contestant (${DEFAULT-VALUE})")
  private int threads;

  @Option(
      names = "--spark-heap",
      defaultValue = "6g",
      description = "of spark-sql, which caches all rows (${DEFAULT-VALUE})")
  private String sparkHeap;

  @Option(
      names = "--limit-minutes",
      defaultValue = "60",
      description = "for one run (${DEFAULT-VALUE})")
  private int limitMinutes;

  @Option(
      names = "--work",
      description = "folder for generated files and figures (benchmarks/target/work)")
  private Path work;

  @Option(
      names = "--profile",
      description = "say what each part of ours costs, in place of a comparison")
  private boolean profile;

  @Option(names = "--home", hidden = true, required = true)
  private Path home;

  @Spec private CommandSpec spec;

  private ComparePrepare() {}

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new ComparePrepare());
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          e.printStackTrace(command.getErr());
          return 1;
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Path folder = work == null ? home.resolve("benchmarks/target/work") : work.toAbsolutePath();
    Files.createDirectories(folder);
    List<Contestant> contestants = contestants(folder);
    List<Input> inputs = chosen("--input", input, Input.values());
    List<Order> orders = chosen("--order", order, Order.values());
    if (runs < 1 || threads < 1 || sizes.stream().anyMatch(size -> size.signum() <= 0)) {
      throw new ParameterException(
          spec.commandLine(), "--runs, --threads and --sizes must be above zero");
    }
    Machine machine = Machine.here();
    System.out.printf("%s%n%n", machine);
    MeasuredProcess processes = new MeasuredProcess(folder, Duration.ofMinutes(limitMinutes));
    List<Task> tasks = new ArrayList<>();
    for (Input stored : inputs) {
      for (BigDecimal size : sizes) {
        SourceData data = SourceData.in(folder, size, stored);
        orders.forEach(wanted -> tasks.add(new Task(data, wanted, threads)));
      }
    }
    if (profile) {
      return profile(tasks, contestants, folder, processes);
    }
    return compare(
        tasks,
        new Comparison(contestants, runs, folder.resolve("output"), processes),
        machine,
        folder);
  }

  private static int compare(List<Task> tasks, Comparison comparison, Machine machine, Path folder)
      throws IOException, InterruptedException {
    String now = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss"));
    Path raw = folder.resolve("figures-%s.json".formatted(now));
    List<Outcome> outcomes = new ArrayList<>();
    for (Task task : tasks) {
      List<Outcome> found = comparison.run(task);
      outcomes.addAll(found);
      System.out.println(ComparisonReport.of(task, found));
      RawFigures.write(machine, outcomes, raw);
    }
    System.out.println(new ComparisonReport(outcomes).growth());
    System.out.println(new Aims(outcomes).table());
    System.out.printf("All figures: %s%n", raw);
    boolean good =
        outcomes.stream().allMatch(o -> o.failure() == null && o.differences().isEmpty());
    return good ? 0 : 1;
  }

  private static int profile(
      List<Task> tasks, List<Contestant> contestants, Path folder, MeasuredProcess processes)
      throws IOException, InterruptedException, SQLException {
    for (Task task : tasks) {
      for (Contestant contestant : contestants) {
        if (contestant instanceof Almanac ours) {
          System.out.println(new PrepareProfile(ours, folder, processes).of(task));
        }
      }
    }
    return 0;
  }

  private List<Contestant> contestants(Path folder) {
    // DuckDB comes first: the others' output is compared with its.
    List<Contestant> all =
        List.of(
            new DuckDb(folder),
            new Almanac(home, folder, "spark", "--sparkMaster=local[%d]"),
            new Almanac(home, folder, "flink", "--flinkMaster=[local]", "--parallelism=%d"),
            new Almanac(home, folder, "direct", "--targetParallelism=%d"),
            new SparkPeer(home, sparkHeap));
    if (only == null) {
      return all;
    }
    List<String> known = all.stream().map(Contestant::name).toList();
    for (String name : only) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "Cannot run '%s': known contestants are %s".formatted(name, known));
      }
    }
    return all.stream().filter(contestant -> only.contains(contestant.name())).toList();
  }

  private <E extends Enum<E>> List<E> chosen(String option, String text, E[] values) {
    if (text.equals("both")) {
      return List.of(values);
    }
    return Arrays.stream(values)
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "Cannot read %s '%s': it must be one of %s or both"
                        .formatted(
                            option, text, Arrays.toString(values).toLowerCase(Locale.ROOT))));
  }
}
