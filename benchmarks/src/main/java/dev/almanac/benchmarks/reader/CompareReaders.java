package dev.almanac.benchmarks.reader;

import dev.almanac.benchmarks.figures.MarkdownTable;
import dev.almanac.benchmarks.figures.Spread;
import dev.almanac.benchmarks.measure.Machine;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Our reader beside others on one table, each in a process of its own that warms up first: rows and
 * bytes a CPU second. A figure is the median of a process's passes; the page cache is warm.
 */
@Command(
    name = "benchmarks/reader",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Compares Almanac's training reader with others, in rows a CPU second.")
public final class CompareReaders implements Callable<Integer> {
  private static final double MILLION = 1e6;
  private static final double BILLION = 1e9;

  /** The optimizing compiler is done after some ten passes of the fastest. */
  private static final double JVM_WARM_UP = 2;

  /** The sum of five million labels, which others add in other orders. */
  private static final double SAME_SUM = 1e-9;

  @Option(names = "--home", hidden = true, required = true)
  private Path home;

  @Option(
      names = "--python",
      hidden = true,
      description = "the interpreter of the peers' environment; without it they do not take part")
  private Path python;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "of these alone: all are ${COMPLETION-CANDIDATES}",
      completionCandidates = Names.class)
  private List<String> only;

  @Option(
      names = "--seconds",
      defaultValue = "6",
      description =
          "for each to measure; as long again to warm up, a JVM twice as long (default: ${DEFAULT-VALUE})")
  private double seconds;

  @Option(names = "--work", description = "folder of the dataset (default: benchmarks/target/work)")
  private Path work;

  private static final class Names extends ArrayList<String> {
    Names() {
      super(Contestant.all().stream().map(Contestant::name).toList());
    }
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new CompareReaders()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (only != null && !new Names().containsAll(only)) {
      throw new CommandLine.ParameterException(
          new CommandLine(this),
          "Cannot compare: the readers are %s (%s)".formatted(new Names(), only));
    }
    Path folder = (work == null ? home.resolve("benchmarks/target/work") : work).resolve("reader");
    System.err.println("the table ...");
    Dataset dataset = Table.in(folder);
    long rows = dataset.manifest().rows(Split.TRAIN);
    Machine machine = Machine.here();
    Map<Contestant, List<PassFigures>> figures = new LinkedHashMap<>();
    List<String> failures = new ArrayList<>();
    for (Contestant contestant : Contestant.all()) {
      if (only != null && !only.contains(contestant.name())
          || contestant.python() && python == null) {
        continue;
      }
      System.err.println(contestant.name() + " ...");
      List<PassFigures> passes = run(contestant, folder);
      String wrong = wrong(passes, rows, figures);
      if (wrong != null) {
        failures.add("%s: %s".formatted(contestant.name(), wrong));
      } else {
        figures.put(contestant, passes);
      }
    }
    System.out.printf("%s%n%n%s%n", machine, table(figures, rows));
    failures.forEach(failure -> System.out.println("FAILED " + failure));
    return failures.isEmpty() ? 0 : 1;
  }

  private List<PassFigures> run(Contestant contestant, Path folder)
      throws IOException, InterruptedException {
    Path log = folder.resolveSibling("reader-" + contestant.name() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                contestant.command(
                    home,
                    python,
                    folder,
                    Double.toString(contestant.python() ? seconds : JVM_WARM_UP * seconds),
                    Double.toString(seconds)))
            .redirectError(log.toFile());
    builder.environment().put("OPT_OUT_TRACKING", "true");
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    List<PassFigures> passes = new ArrayList<>();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        PassFigures pass = PassFigures.parse(line);
        if (pass != null) {
          passes.add(pass);
        }
      }
    }
    process.waitFor(1, TimeUnit.MINUTES);
    if (process.exitValue() != 0) {
      System.err.println(Files.readString(log));
      return List.of();
    }
    return passes;
  }

  /** What is wrong with what a reader saw; null when nothing is. */
  private static String wrong(
      List<PassFigures> passes, long rows, Map<Contestant, List<PassFigures>> others) {
    if (passes.stream().allMatch(PassFigures::warmUp)) {
      return "it ended before a pass was measured";
    }
    double sum = passes.get(0).labels();
    if (Double.isNaN(sum)) {
      return null;
    }
    if (passes.get(0).rows() != rows) {
      return "it saw %d rows (%d)".formatted(passes.get(0).rows(), rows);
    }
    for (List<PassFigures> other : others.values()) {
      double expected = other.get(0).labels();
      if (Math.abs(sum - expected) > SAME_SUM * Math.abs(expected)) {
        return "its labels' sum is %.3f, another's %.3f".formatted(sum, expected);
      }
    }
    return null;
  }

  private static MarkdownTable table(Map<Contestant, List<PassFigures>> figures, long rows) {
    MarkdownTable table =
        new MarkdownTable(
            "%d rows of %d bytes".formatted(rows, Table.ROW_BYTES),
            "million rows a CPU second",
            "GB a CPU second",
            "million rows a second",
            "almanac, 1 thread: times as many a CPU second");
    double ours = rate(figures, Contestant.OURS);
    figures.forEach(
        (contestant, passes) -> {
          Spread spread = spread(passes);
          table.row(
              contestant.title(),
              spread.text("%.2f"),
              "%.2f".formatted(spread.median() * MILLION * Table.ROW_BYTES / BILLION),
              "%.2f".formatted(wall(passes)),
              Double.isNaN(ours) ? "" : "%.2f".formatted(ours / spread.median()));
        });
    return table;
  }

  private static double rate(Map<Contestant, List<PassFigures>> figures, String name) {
    return figures.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .mapToDouble(entry -> spread(entry.getValue()).median())
        .findFirst()
        .orElse(Double.NaN);
  }

  private static Spread spread(List<PassFigures> passes) {
    return Spread.of(
        passes.stream()
            .filter(pass -> !pass.warmUp())
            .map(pass -> pass.rows() / pass.cpuSeconds() / MILLION)
            .toList());
  }

  private static double wall(List<PassFigures> passes) {
    return Spread.of(
            passes.stream()
                .filter(pass -> !pass.warmUp())
                .map(pass -> pass.rows() / pass.wallSeconds() / MILLION)
                .toList())
        .median();
  }
}
