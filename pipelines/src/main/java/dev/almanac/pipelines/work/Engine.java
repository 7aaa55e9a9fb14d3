package dev.almanac.pipelines.work;

import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.problem.Suggestion;
import dev.almanac.transforms.storage.RegionLookup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * What runs pipelines, with its options.
 *
 * <p>A runner's classes are found on the class path by name: {@code spark} is Beam's {@code
 * SparkRunner}. A runner's module may bring arguments of its own, one a line, in a resource {@code
 * almanac/runner-<name>.args}; those of the caller stand behind them and win. {@value #CORES} in
 * one stands for the number of this machine's cores.
 *
 * @param runner one of {@link #NAMES}; null for work that runs no pipeline
 * @param arguments for Beam, as {@code --name=value}
 */
public record Engine(String runner, List<String> arguments) {
  private static final String CORES = "${cores}";

  public static final String DIRECT = "direct";
  public static final List<String> NAMES = List.of(DIRECT, "spark", "flink", "dataflow");

  public Engine {
    arguments = List.copyOf(arguments);
  }

  /** None: for work that runs no pipeline but may read remote files. */
  public static Engine none(List<String> arguments) {
    return new Engine(null, arguments);
  }

  /** Whether it may have machines that train; otherwise work is done in processes here. */
  public boolean trains() {
    return runner != null && !runner.equals(DIRECT);
  }

  /** What is wrong with a runner's name, if anything. */
  public static Optional<String> problem(String runner) {
    return NAMES.contains(runner)
        ? Optional.empty()
        : Optional.of(
            "Cannot use runner '%s': runners are %s%s"
                .formatted(
                    runner,
                    String.join(", ", NAMES),
                    Suggestion.of(runner, NAMES)
                        .map(" (did you mean '%s'?)"::formatted)
                        .orElse("")));
  }

  /**
   * Has Beam's file systems use these options. They are the process's: of two engines that differ
   * in what they say of storage, the last one wins.
   *
   * @param s3 whether a path in S3 is in sight
   * @throws RequestException as {@link #options}
   */
  public void openStorage(boolean s3) throws RequestException {
    RegionLookup.setUp(this::options, s3);
  }

  /**
   * Beam's options, made anew.
   *
   * @throws RequestException when the runner is unknown or not on the class path, or Beam refuses
   *     an option
   */
  public PipelineOptions options() throws RequestException {
    if (runner == null) {
      return create(arguments);
    }
    Optional<String> problem = problem(runner);
    if (problem.isPresent()) {
      throw new RequestException(problem.get());
    }
    String type =
        "--runner=" + Character.toUpperCase(runner.charAt(0)) + runner.substring(1) + "Runner";
    List<String> all = new ArrayList<>(List.of(type));
    for (String argument : defaults()) {
      if (arguments.stream().noneMatch(given -> key(given).equals(key(argument)))) {
        all.add(argument);
      }
    }
    for (String argument : arguments) {
      if (key(argument).equals("--runner")) {
        throw new RequestException(
            "Cannot use Beam option '%s': choose the runner by --runner before the `--`"
                .formatted(argument));
      }
    }
    all.addAll(arguments);
    try {
      return create(all);
    } catch (RequestException e) {
      throw isKnown(type)
          ? e
          : new RequestException(
              "Cannot use runner '%s': it is not on the class path; the launcher puts it there: ./almanac ... --runner %s"
                  .formatted(runner, runner));
    }
  }

  /** Whether the runner alone makes options. */
  private static boolean isKnown(String type) {
    try {
      create(List.of(type));
      return true;
    } catch (RequestException e) {
      return false;
    }
  }

  private static PipelineOptions create(List<String> arguments) throws RequestException {
    try {
      return PipelineOptionsFactory.fromArgs(arguments.toArray(new String[0])).create();
    } catch (IllegalArgumentException e) {
      throw new RequestException(
          "Cannot use the Beam options after `--` (%s): %s"
              .formatted(String.join(" ", arguments), e.getMessage()));
    }
  }

  private static String key(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }

  private List<String> defaults() {
    String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
    String resource = "almanac/runner-%s.args".formatted(runner);
    try (InputStream in = Engine.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return List.of();
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> line.replace(CORES, cores))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + resource, e);
    }
  }
}
