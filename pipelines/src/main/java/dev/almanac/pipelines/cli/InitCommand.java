package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.init.DraftConfig;
import dev.almanac.pipelines.work.init.DraftedConfig;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the first config of files that nobody has described yet. */
@picocli.CommandLine.Command(
    name = "init",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Look at source files and write a commented config for them.",
    description = {
      "%nLooks at some of the rows and writes how the files are written, which columns are numbers, categories, dates and flags, "
          + "a split by quantiles of the dates, and what to train. What was unsure stands in it as a comment. "
          + "`almanac run` on it is the next step.%n"
    })
final class InitCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      index = "0..*",
      arity = "1..*",
      paramLabel = "FILES",
      description =
          "Source files: paths, folders or patterns, CSV or parquet; local, s3://, gs:// or hdfs://.")
  private List<String> files;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The column to learn (default: guessed, and said).")
  private String label;

  @Option(
      names = "--date",
      paramLabel = "COLUMN",
      description = "The column of dates to split by (default: the fullest one).")
  private String date;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The config to write (default: <name of the files or their folder>.yaml here).")
  private String config;

  @Option(names = "--force", description = "Writes over a config that exists.")
  private boolean force;

  @Mixin private OutputOptions output;

  InitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    Engine.none(session.beam()).openStorage(files.stream().anyMatch(f -> f.startsWith("s3://")));
    return output.show(session, this::written);
  }

  private Result written(Watch watch) throws Exception {
    String path = config == null ? DraftConfig.nameOf(files) + ".yaml" : config;
    if (!force && Storage.exists(path)) {
      throw new RequestException(
          "Cannot write config %s: the file exists; --force writes over it, --output writes elsewhere"
              .formatted(path));
    }
    Storage.checkWritable(path);
    DraftedConfig drafted = DraftConfig.of(files, path, label, date).run(watch);
    Storage.writeText(path, drafted.text());
    return result(path, drafted);
  }

  private static Result result(String path, DraftedConfig drafted) {
    List<String> lines = new ArrayList<>();
    lines.add("Config: " + path);
    drafted.notes().forEach(note -> lines.add("  " + note));
    if (drafted.open().isEmpty()) {
      lines.add("Next: look it through, then almanac run " + path);
    } else {
      lines.add("To be filled in before it can be used:");
      drafted.open().forEach(open -> lines.add("  " + open));
    }
    return Result.of(String.join("\n", lines) + "\n")
        .with("config", path)
        .with("label", drafted.label())
        .with("label-guessed", drafted.labelGuessed())
        .with("date", drafted.date())
        .with("open", drafted.open())
        .with("notes", drafted.notes());
  }
}
