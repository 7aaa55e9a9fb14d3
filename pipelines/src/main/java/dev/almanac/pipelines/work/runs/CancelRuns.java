package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.Run;
import dev.almanac.training.train.RunCancellation;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends runs for good: those that are trained by the process that does, the others at once.
 *
 * @param names of the runs' folders, as {@link SelectRuns} gives them
 * @param reason for a person
 * @return the names of those that were
 */
public record CancelRuns(RunFolder folder, List<String> names, String reason)
    implements Work<List<String>> {
  public CancelRuns {
    names = List.copyOf(names);
  }

  @Override
  public List<String> run(Watch watch) throws IOException {
    List<String> cancelled = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      watch.check();
      try {
        RunCancellation.of(Run.open(Storage.resolve(folder.path(), name)), reason);
        cancelled.add(name);
      } catch (TrainingException other) {
        problems.add(other.getMessage());
      }
      watch.step("cancelling", cancelled.size() + problems.size(), names.size(), "runs", "");
    }
    if (!problems.isEmpty()) {
      throw new ForeseenException(
          cancelled.isEmpty() && problems.size() == 1
              ? problems.get(0)
              : "Cannot cancel %s of %s (the others were):%n  %s"
                  .formatted(
                      problems.size(),
                      Count.of(names.size(), "run"),
                      String.join("%n  ".formatted(), problems)));
    }
    return cancelled;
  }
}
