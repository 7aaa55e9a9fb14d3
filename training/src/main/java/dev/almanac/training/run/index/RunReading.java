package dev.almanac.training.run.index;

import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.find.RunFacts;
import dev.almanac.training.run.find.Value;
import dev.almanac.training.run.label.Labels;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was read of a run's files.
 *
 * @param open whether it must be read again next time, whatever its files look like: a run that is
 *     under way may be lost by then
 * @param facts none when it cannot be read
 * @param problem why it cannot be read; null when it can
 */
record RunReading(String name, boolean open, Map<String, Value> facts, String problem) {
  /** A fact that holds why the labels of a run cannot be read. */
  private static final String UNLABELED = RunFacts.HEADLINE + "labels";

  static RunReading of(String folder, String name) {
    String path = Storage.resolve(folder, name);
    try {
      Run run = Run.open(path).settled();
      Labels labels = Labels.NONE;
      String unlabeled = null;
      try {
        labels = Labels.of(path);
      } catch (IOException damaged) {
        unlabeled = damaged.getMessage();
      }
      Map<String, Value> facts =
          new LinkedHashMap<>(RunFacts.of(run, labels, run.epochLines().values()));
      if (unlabeled != null) {
        facts.put(UNLABELED, Value.of(unlabeled));
      }
      return new RunReading(name, run.record().status() == RunStatus.RUNNING, facts, null);
    } catch (IOException | RuntimeException unreadable) {
      String why = unreadable.getMessage();
      return new RunReading(
          name, false, Map.of(), why == null ? unreadable.getClass().getSimpleName() : why);
    }
  }
}
