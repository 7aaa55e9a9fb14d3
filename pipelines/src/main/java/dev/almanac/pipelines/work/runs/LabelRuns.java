package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.training.run.change.RunChanges;
import dev.almanac.training.run.label.Labels;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Writes tags, a note or a group on runs.
 *
 * @param names of the runs' folders, as {@link SelectRuns} gives them
 * @return what stands on each then, by its name
 */
public record LabelRuns(RunFolder folder, List<String> names, Change change)
    implements Work<Map<String, Labels>> {
  public LabelRuns {
    names = List.copyOf(names);
  }

  /** What is changed; the rest stays. */
  public sealed interface Change {
    Labels of(Labels before);
  }

  /** Sets tags, then removes others. */
  public record Tags(Map<String, String> set, List<String> removed) implements Change {
    @Override
    public Labels of(Labels before) {
      Labels labels = before;
      for (Map.Entry<String, String> tag : set.entrySet()) {
        labels = labels.withTag(tag.getKey(), tag.getValue());
      }
      for (String key : removed) {
        labels = labels.withoutTag(key);
      }
      return labels;
    }
  }

  /** Another note; a blank one for none. */
  public record Note(String text) implements Change {
    @Override
    public Labels of(Labels before) {
      return before.withNote(text);
    }
  }

  /** Another group; null for none. */
  public record Group(String path) implements Change {
    @Override
    public Labels of(Labels before) {
      return before.withGroup(path);
    }
  }

  @Override
  public Map<String, Labels> run(Watch watch) throws IOException {
    return Batches.of(
        folder,
        "change runs of " + folder.path(),
        names,
        watch,
        (RunChanges changes, String name) -> changes.label(name, change::of));
  }
}
