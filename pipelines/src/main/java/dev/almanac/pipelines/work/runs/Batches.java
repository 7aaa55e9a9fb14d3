package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.training.run.change.RunChanges;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes runs a few at a time, so that others get a turn in between. */
final class Batches {
  private static final int SIZE = 25;

  private Batches() {}

  /** What is done with one run; gives null when it was not there any more. */
  interface Change<R> {
    R make(RunChanges changes, String name) throws IOException;
  }

  /** Changes each in turn; what came of it by its name. */
  static <R> Map<String, R> of(
      RunFolder folder, String what, List<String> names, Watch watch, Change<R> change)
      throws IOException {
    Map<String, R> done = new LinkedHashMap<>();
    for (int from = 0; from < names.size(); from += SIZE) {
      List<String> batch = names.subList(from, Math.min(names.size(), from + SIZE));
      try (RunChanges changes = RunChanges.begin(folder.path(), what)) {
        for (String name : batch) {
          watch.check();
          R made = change.make(changes, name);
          if (made != null) {
            done.put(name, made);
          }
        }
      }
      if (names.size() > SIZE) {
        watch.step(what, from + batch.size(), names.size(), "runs", "");
      }
    }
    return done;
  }
}
