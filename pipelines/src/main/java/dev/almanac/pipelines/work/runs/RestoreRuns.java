package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import java.io.IOException;
import java.util.List;

/**
 * Brings deleted runs back.
 *
 * @param names of their folders, as {@link SelectRuns} of {@link RunFolder#deleted} gives them
 * @return the names of those that came back
 */
public record RestoreRuns(RunFolder folder, List<String> names) implements Work<List<String>> {
  public RestoreRuns {
    names = List.copyOf(names);
  }

  @Override
  public List<String> run(Watch watch) throws IOException {
    return List.copyOf(
        Batches.of(
                folder,
                "restore runs of " + folder.path(),
                names,
                watch,
                (changes, name) -> {
                  changes.restore(name);
                  return name;
                })
            .keySet());
  }
}
