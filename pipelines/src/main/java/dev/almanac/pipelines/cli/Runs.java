package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Finds the run that a command means. */
final class Runs {
  static final String OPTION =
      "The run: its id, the beginning of one, or a run's folder (default: the newest finished run; of repeats the one with the lowest validation loss).";

  private Runs() {}

  /**
   * A run of the config's folder of runs, or of any folder.
   *
   * @param named an id, the beginning of one, or a folder; null for the newest that finished with a
   *     config of the same name, or the best of its group
   */
  static Run find(AlmanacConfig config, String named) throws IOException {
    return group(config, named).best();
  }

  /** The run that is named, alone; or the newest with the others of its group. */
  static RunGroup group(AlmanacConfig config, String named) throws IOException {
    RunStore store = new RunStore(config.runs());
    if (named != null) {
      return RunGroup.alone(
          Storage.exists(Storage.resolve(named, RunRecord.FILE))
              ? Run.open(named)
              : store.open(named));
    }
    List<Run> finished = all(config, status -> status == RunStatus.FINISHED);
    if (finished.isEmpty()) {
      throw new ForeseenException(
          "Cannot find a run of '%s' in %s: none has finished; run `almanac train %s`, or name one by --run"
              .formatted(config.name(), config.runs(), config.file()));
    }
    return RunGroup.of(finished.get(finished.size() - 1));
  }

  /** The runs of configs of the same name that stand so, the oldest first. */
  private static List<Run> all(AlmanacConfig config, Predicate<RunStatus> standing)
      throws IOException {
    return new RunStore(config.runs())
        .list().stream()
            .filter(run -> standing.test(run.record().status()))
            .filter(run -> run.record().config() != null)
            .filter(run -> run.record().config().path("name").asText().equals(config.name()))
            .toList();
  }
}
