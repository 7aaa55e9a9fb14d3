package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.training.run.change.DeletedRuns;
import dev.almanac.training.run.change.Deletion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Deletes the files of deleted runs for good.
 *
 * @param names of their folders, as {@link #due} gives them
 * @return the names of those that are gone
 */
public record PurgeRuns(RunFolder folder, List<String> names) implements Work<List<String>> {
  public PurgeRuns {
    names = List.copyOf(names);
  }

  /** The names of those that were deleted so long ago or longer. */
  public static List<String> due(RunFolder folder, Duration age) throws IOException {
    Instant last = Instant.now().minus(age);
    return new DeletedRuns(folder.path())
        .all().stream()
            .filter(deletion -> !Instant.parse(deletion.since()).isAfter(last))
            .map(Deletion::run)
            .toList();
  }

  @Override
  public List<String> run(Watch watch) throws IOException {
    return List.copyOf(
        Batches.of(
                folder,
                "purge runs of " + folder.path(),
                names,
                watch,
                (changes, name) -> {
                  changes.purge(name);
                  return name;
                })
            .keySet());
  }
}
