package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.ConfigException;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.study.StudyFolders;
import dev.almanac.transforms.problem.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What commands share that look at studies and need no config. A first word that ends in {@code
 * .yaml} or {@code .yml} is a config, whose folder of studies is meant.
 */
abstract class StudiesCommand implements Callable<Integer> {
  static final String WORDS =
      "A first word that ends in .yaml or .yml is a config, whose folder of studies is meant. STUDY is a study's name, the beginning of it, or its folder.";

  /** Where studies lie by default, beside the config. */
  private static final String USUAL = "studies";

  private final Session session;
  private Watch watch;

  @Option(
      names = "--studies",
      paramLabel = "FOLDER",
      description =
          "The folder of studies, or of one; local, s3://, gs:// or hdfs:// (default: that of the config, or else ./studies).")
  private String studies;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Puts a value into the config, such as --set search.studies=s3://bucket/studies.")
  private List<String> overrides = new ArrayList<>();

  @Mixin private OutputOptions output;

  StudiesCommand(Session session) {
    this.session = session;
  }

  /** The words that the command was given, a config among them. */
  abstract List<String> given();

  /**
   * Has the work done and says what came of it.
   *
   * @param study that was named; null when none was
   */
  abstract Result result(StudyFolders folders, String study) throws Exception;

  @Override
  public final Integer call() throws Exception {
    return output.show(session, this::checked);
  }

  private Result checked(Watch who) throws Exception {
    watch = who;
    List<String> words = new ArrayList<>(given());
    String config = null;
    if (!words.isEmpty() && words.get(0).matches("(?i).+\\.ya?ml")) {
      config = words.remove(0);
    }
    if (words.size() > 1) {
      throw new RequestException(
          "Cannot show several studies at once: %s".formatted(String.join(", ", words)));
    }
    if (config == null && !overrides.isEmpty()) {
      throw new RequestException("Cannot use --set: there is no config to put a value into");
    }
    String named = words.isEmpty() ? null : words.get(0);
    Engine.none(session.beam()).openStorage(session.arguments().toString().contains("s3://"));
    return result(new StudyFolders(folder(config, named)), named);
  }

  private String folder(String config, String named) throws Exception {
    if (studies != null) {
      if (!studies.contains("://") && !FolderCommand.isFolder(studies)) {
        throw new RequestException(
            "Cannot use --studies %s: there is no such folder".formatted(studies));
      }
      return studies;
    }
    if (config != null) {
      try {
        AlmanacConfig read = new ConfigFile(config, overrides).read(Set.of());
        Engine.none(session.beam()).openStorage(read.studies().startsWith("s3://"));
        return read.studies();
      } catch (ConfigException e) {
        throw new RequestException(e.getMessage());
      }
    }
    boolean isPath = named != null && (named.contains("://") || FolderCommand.isFolder(named));
    if (!isPath && !FolderCommand.isFolder(USUAL)) {
      throw new RequestException(
          "Cannot tell which studies are meant: there is no ./%s here; give --studies FOLDER, or a config"
              .formatted(USUAL));
    }
    return USUAL;
  }

  <R> R run(Work<R> work) throws Exception {
    return work.run(watch);
  }

  Watch watch() {
    return watch;
  }
}
