package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.ConfigException;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.transforms.problem.RequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What commands share that work on a folder of runs and need no config. A first word that ends in
 * {@code .yaml} or {@code .yml} is a config, whose folder of runs is meant.
 */
abstract class FolderCommand implements Callable<Integer> {
  static final String CONFIG_TEXT =
      "A first word that ends in .yaml or .yml is a config, whose train.runs is meant.";

  /** Where runs lie by default, beside the config. */
  private static final String USUAL = "runs";

  private final Session session;
  private Watch watch;
  private AlmanacConfig config;

  @Option(
      names = "--runs",
      paramLabel = "FOLDER",
      description =
          "The folder of runs; local, s3://, gs:// or hdfs:// (default: that of the config, or else ./runs).")
  private String runs;

  @Option(
      names = "--config",
      paramLabel = "CONFIG",
      description = "A config, whose train.runs is meant.")
  private String configFile;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Puts a value into the config, such as --set train.runs=s3://bucket/runs.")
  private List<String> overrides = new ArrayList<>();

  @Mixin private OutputOptions output;

  FolderCommand(Session session) {
    this.session = session;
  }

  /** The words that the command was given, a config among them. */
  abstract List<String> given();

  /**
   * Has the work done and says what came of it.
   *
   * @param words those that are no config
   */
  abstract Result result(RunFolder folder, List<String> words) throws Exception;

  @Override
  public final Integer call() throws Exception {
    return output.show(session, this::checked);
  }

  private Result checked(Watch who) throws Exception {
    watch = who;
    List<String> words = new ArrayList<>(given());
    String named = configFile;
    if (!words.isEmpty() && words.get(0).matches("(?i).+\\.ya?ml")) {
      if (named != null) {
        throw new RequestException(
            "Cannot use two configs: %s and %s".formatted(named, words.get(0)));
      }
      named = words.remove(0);
    }
    boolean remote = session.arguments().stream().anyMatch(argument -> argument.contains("://"));
    if (remote || named != null) {
      Engine.none(session.beam()).openStorage(session.arguments().toString().contains("s3://"));
    }
    if (named != null) {
      config = read(named);
      Engine.none(session.beam()).openStorage(config.runs().startsWith("s3://"));
    } else if (!overrides.isEmpty()) {
      throw new RequestException("Cannot use --set: there is no config to put a value into");
    }
    return result(RunFolder.of(folder()), words);
  }

  private AlmanacConfig read(String named) throws IOException, RequestException {
    try {
      return new ConfigFile(named, overrides).read(Set.of());
    } catch (ConfigException e) {
      throw new RequestException(e.getMessage());
    }
  }

  private String folder() throws RequestException {
    if (runs != null) {
      if (!runs.contains("://") && !isFolder(runs)) {
        throw new RequestException("Cannot use --runs %s: there is no such folder".formatted(runs));
      }
      return runs;
    }
    if (config != null) {
      return config.runs();
    }
    if (!isFolder(USUAL)) {
      throw new RequestException(
          "Cannot tell which runs are meant: there is no ./%s here; give --runs FOLDER, or a config"
              .formatted(USUAL));
    }
    return USUAL;
  }

  /** Whether a folder is there; a name that this machine cannot spell may be one. */
  static boolean isFolder(String path) {
    try {
      return Files.isDirectory(Path.of(path));
    } catch (InvalidPathException otherCharset) {
      return true;
    }
  }

  /** The config that was named; null when none was. */
  AlmanacConfig config() {
    return config;
  }

  Watch watch() {
    return watch;
  }

  <R> R run(Work<R> work) throws Exception {
    return work.run(watch);
  }
}
