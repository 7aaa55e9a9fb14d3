package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.RunListing;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The runs of a config, for work that is given one by a name or none at all. */
public final class Runs {
  private final AlmanacConfig config;
  private final Progress progress;

  public Runs(AlmanacConfig config, Progress progress) {
    this.config = config;
    this.progress = progress;
  }

  /**
   * A run of the config's folder of runs, or of any folder.
   *
   * @param named an id, the beginning of one, or a folder; null for the one that stands for the
   *     config, which is said with the reason
   */
  public Run find(String named) throws IOException {
    return named != null ? named(named) : standing(false).best();
  }

  /** The run that is named, alone; or the one that stands for the config with its group. */
  public RunGroup group(String named) throws IOException {
    return named != null ? RunGroup.alone(named(named)) : standing(true);
  }

  /**
   * A run to go on with.
   *
   * @param named an id, the beginning of one, or a folder; null for the newest of a config of the
   *     same name that has not finished
   */
  public Run unfinished(String named) throws IOException {
    if (named != null) {
      return named(named);
    }
    RunListing listing = new RunStore(config.runs()).listing();
    List<Run> all = ofThisConfig(listing);
    List<Run> open =
        all.stream()
            .filter(run -> !run.record().status().isOver())
            // A study goes on with it, by its own command.
            .filter(run -> run.record().status() != RunStatus.PAUSED)
            .toList();
    if (open.isEmpty()) {
      String unread =
          listing.unreadable().isEmpty()
              ? ""
              : ", and %s cannot be read".formatted(listing.unreadable().size());
      throw new ForeseenException(
          "Cannot go on with a run of '%s' in %s: %s%s; `almanac train %s` makes a new one"
              .formatted(config.name(), config.runs(), left(all), unread, config.file()));
    }
    return open.get(open.size() - 1);
  }

  /** Why there is none to go on with. */
  private static String left(List<Run> all) {
    if (all.isEmpty()) {
      return "there is none";
    }
    return all.stream().allMatch(run -> run.record().status() == RunStatus.FINISHED)
        ? "all have finished (%s)".formatted(all.size())
        : "all have ended for good or wait for their study (%s)".formatted(all.size());
  }

  /** A run by its id, the beginning of one, or its folder. */
  public Run named(String named) throws IOException {
    return Storage.exists(Storage.resolve(named, RunRecord.FILE))
        ? Run.open(named).settled()
        : new RunStore(config.runs()).open(named);
  }

  private RunGroup standing(boolean grouped) throws IOException {
    RunChoices choices = RunChoices.of(config);
    Optional<RunChoice> pinned = choices.pinned();
    if (pinned.isPresent()) {
      return RunGroup.alone(pinned(choices, pinned.get()));
    }
    Optional<RunChoice> reported = choices.reported();
    if (reported.isPresent()) {
      try {
        Run run = choices.open(reported.get());
        say(run, reported.get().why());
        return grouped && reported.get().study() == null ? RunGroup.of(run) : RunGroup.alone(run);
      } catch (IOException gone) {
        if (reported.get().study() != null) {
          throw new ForeseenException(
              "Cannot use run %s of '%s', %s: %s; `almanac search %s` takes the next best of its trials, or name another run"
                  .formatted(
                      reported.get().run(),
                      config.name(),
                      reported.get().why(),
                      gone.getMessage(),
                      config.file()));
        }
        progress.line(
            "run %s, %s, cannot be used (%s): taking the newest that is there"
                .formatted(reported.get().run(), reported.get().why(), gone.getMessage()));
      }
    }
    return newest();
  }

  private Run pinned(RunChoices choices, RunChoice pinned) throws IOException {
    try {
      Run run = choices.open(pinned);
      say(run, "%s on %s".formatted(pinned.why(), pinned.since()));
      return run;
    } catch (IOException gone) {
      throw new ForeseenException(
          "Cannot use run %s, which is pinned for '%s': %s; pin another by `almanac runs promote %s RUN`, take back the pin by `almanac runs promote %s --unpin`, or name a run"
              .formatted(
                  pinned.run(), config.name(), gone.getMessage(), config.file(), config.file()));
    }
  }

  /** The newest that finished with a config of the same name and is no trial, with its group. */
  private RunGroup newest() throws IOException {
    List<Run> finished =
        ofThisConfig(new RunStore(config.runs()).listing()).stream()
            .filter(run -> run.record().status() == RunStatus.FINISHED)
            .toList();
    List<Run> own = finished.stream().filter(run -> run.record().trial() == null).toList();
    if (own.isEmpty()) {
      throw new ForeseenException(
          finished.isEmpty()
              ? "Cannot find a run of '%s' in %s: none has finished; run `almanac train %s`, or name one"
                  .formatted(config.name(), config.runs(), config.file())
              : "Cannot choose a run of '%s' in %s: there are %s trials of a search that has not ended with a winner; run `almanac search %s` again, which goes on with it, or name one"
                  .formatted(config.name(), config.runs(), finished.size(), config.file()));
    }
    RunGroup group = RunGroup.of(own.get(own.size() - 1));
    say(
        group.best(),
        group.runs().size() == 1
            ? "the newest that finished"
            : "the best on validation of the newest %s repeats".formatted(group.runs().size()));
    return group;
  }

  /** Those of a config of the same name, the oldest first; says which cannot be read. */
  private List<Run> ofThisConfig(RunListing listing) {
    listing.unreadable().forEach(run -> progress.line("Left out: " + run.reason()));
    return listing.runs().stream()
        .filter(run -> run.record().config() != null)
        .filter(run -> run.record().config().path("name").asText().equals(config.name()))
        .toList();
  }

  private void say(Run run, String why) {
    progress.line("run %s: %s".formatted(run.record().runId(), why));
  }
}
