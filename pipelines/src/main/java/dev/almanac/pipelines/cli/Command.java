package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.ConfigException;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.transforms.problem.RequestException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all commands share: the config, its overrides, the engine and how results are shown. */
abstract class Command implements Callable<Integer> {
  private static final String S3 = "s3://";

  private final Session session;
  private Watch watch;
  private Engine engine;

  @Parameters(
      index = "0",
      paramLabel = "CONFIG",
      description = "The config file (YAML); local, s3://, gs:// or hdfs://.")
  private String file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Puts a value into the config, such as --set train.epochs=5 or --set 'source.files=[\"a.csv\"]'.",
        "PATH is keys joined by dots, [0] for an element of a list; VALUE is YAML, its paths relative to the config. May be repeated."
      })
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--runner",
      paramLabel = "NAME",
      defaultValue = Engine.DIRECT,
      description =
          "The engine that runs pipelines: direct, spark, flink or dataflow (default: ${DEFAULT-VALUE}).")
  private String runner;

  @Mixin private OutputOptions output;

  Command(Session session) {
    this.session = session;
  }

  /** The sections that the command cannot do without. */
  abstract Set<Part> needs();

  /** Has the work done and says what came of it. */
  abstract Result result(AlmanacConfig config) throws Exception;

  /** Whether the command runs a pipeline, so that its engine must be there. */
  boolean runsPipelines() {
    return false;
  }

  /** What the command's own options mean for the config, as {@code --set} takes it. */
  List<String> implied() {
    return List.of();
  }

  /** Finds what is wrong with the options of the command itself, before any work. */
  void check(List<String> problems) {}

  @Override
  public final Integer call() throws Exception {
    return output.show(session, this::checked);
  }

  /** Has the work done when nothing is wrong with the request, all of which is told at once. */
  private Result checked(Watch who) throws Exception {
    watch = who;
    List<String> problems = new ArrayList<>();
    Optional<String> unknown = Engine.problem(runner);
    unknown.ifPresent(problems::add);
    engine =
        runsPipelines() && unknown.isEmpty()
            ? new Engine(runner, session.beam())
            : Engine.none(session.beam());
    try {
      engine.openStorage(mentionsS3());
    } catch (RequestException e) {
      problems.add(e.getMessage());
    }
    check(problems);
    AlmanacConfig config = null;
    try {
      config = file().read(needs());
    } catch (ConfigException e) {
      problems.add(e.getMessage());
    }
    if (!problems.isEmpty()) {
      throw new RequestException(problems);
    }
    return result(config);
  }

  /** Whether a path in S3 stands in the arguments or in the config. */
  private boolean mentionsS3() {
    try {
      return session.arguments().stream().anyMatch(argument -> argument.contains(S3))
          || file().text().contains(S3);
    } catch (IOException unreadable) {
      // Told where the config is read.
      return false;
    }
  }

  /** The config's file with all that the command line puts into it. */
  ConfigFile file() {
    return new ConfigFile(file, overrides).with(implied());
  }

  /** What runs the command's pipelines, and says how storage is reached. */
  Engine engine() {
    return engine;
  }

  /** Who watches the command's work. */
  Watch watch() {
    return watch;
  }

  <R> R run(Work<R> work) throws Exception {
    return work.run(watch);
  }
}
