package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Figures;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunSeries;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The runs that stand for the configs of a folder of runs: {@code reported-NAME.json} is the one
 * that {@code run}, {@code train} or {@code search} ended with last, {@code pinned-NAME.json} the
 * one that a person has promoted, which goes before it. Each is written whole or not at all.
 */
public record RunChoices(String folder, String config) {
  private static final int FORMAT_VERSION = 1;

  /** Characters of a config's name in a file's name. */
  private static final int NAMED = 60;

  public static RunChoices of(AlmanacConfig config) {
    return new RunChoices(config.runs(), config.name());
  }

  /** The run that the last training or search ended with; nothing when there was none. */
  public Optional<RunChoice> reported() throws IOException {
    return read(path("reported"));
  }

  /** The run that a person has promoted; nothing when none was. */
  public Optional<RunChoice> pinned() throws IOException {
    return read(path("pinned"));
  }

  /** Keeps the best of what a training made. */
  public void report(RunGroup trained) throws IOException {
    Run best = trained.best();
    RunSeries.Group group = best.record().group();
    String why =
        group == null
            ? "the last that was trained"
            : "the best on validation of %s repeats, group %s"
                .formatted(trained.runs().size(), group.id());
    write("reported", best, null, why);
  }

  /** Keeps the winner of a search. */
  public void report(Run winner, String study, String metric, double value) throws IOException {
    write(
        "reported",
        winner,
        study,
        "the winner of study %s, %s %s".formatted(study, metric, Figures.number(value)));
  }

  /** Takes a run from now on, whatever is trained. */
  public void pin(Run run) throws IOException {
    write("pinned", run, null, "pinned by `runs promote`");
  }

  /** Takes the last run that was reported again; whether one had been pinned. */
  public boolean unpin() throws IOException {
    String path = path("pinned");
    if (!Storage.exists(path)) {
      return false;
    }
    Storage.delete(List.of(path));
    return true;
  }

  /**
   * The run of a choice.
   *
   * @throws IOException when it is gone or damaged
   */
  Run open(RunChoice choice) throws IOException {
    String inside = Storage.resolve(folder, choice.run());
    Run run =
        Run.open(Storage.exists(Storage.resolve(inside, RunRecord.FILE)) ? inside : choice.run());
    run.ensemble();
    return run;
  }

  private void write(String what, Run run, String study, String why) throws IOException {
    String inside = Storage.resolve(folder, run.record().runId());
    RunChoice choice =
        new RunChoice(
            FORMAT_VERSION,
            config,
            run.folder().equals(inside) ? run.record().runId() : run.folder(),
            study,
            why,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    Storage.writeText(path(what), Json.pretty(choice));
  }

  private Optional<RunChoice> read(String path) throws IOException {
    if (!Storage.exists(path)) {
      return Optional.empty();
    }
    try {
      RunChoice choice = Json.read(Storage.readText(path), RunChoice.class, path);
      if (choice.formatVersion() == FORMAT_VERSION
          && choice.run() != null
          && config.equals(choice.config())) {
        return Optional.of(choice);
      }
    } catch (IOException damaged) {
      throw unreadable(path, damaged.getMessage());
    }
    throw unreadable(path, "it is damaged or of another version");
  }

  private ForeseenException unreadable(String path, String why) {
    return new ForeseenException(
        "Cannot tell which run to take for '%s': %s cannot be read (%s); name a run, or train, search or promote one again"
            .formatted(config, path, why));
  }

  private String path(String what) {
    return Storage.resolve(folder, "%s-%s.json".formatted(what, file(config)));
  }

  /** The config's name as a file may be called. */
  private static String file(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return plain.equals(name) && name.length() <= NAMED
        ? name
        : plain.substring(0, Math.min(NAMED, plain.length()))
            + "-"
            + Json.sha256(name).substring(0, 8);
  }
}
