package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.training.run.find.Filter;
import dev.almanac.transforms.problem.RequestException;
import java.io.IOException;
import java.util.List;

/**
 * Finds out which runs are meant before something is done with them: the names of their folders.
 */
public record SelectRuns(RunFolder folder, Selection selection) implements Work<List<String>> {
  @Override
  public List<String> run(Watch watch) throws IOException, RequestException {
    Filter filter = selection.filter();
    return Selection.read(
        folder,
        watch,
        table -> {
          Selection.notes(table, filter.keys()).forEach(note -> watch.line("Note: " + note));
          return List.copyOf(selection.names(table, filter, new Selection.Columns(table)));
        });
  }
}
