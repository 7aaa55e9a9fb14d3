package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.training.run.find.Filter;
import dev.almanac.training.run.find.Key;
import dev.almanac.training.run.find.Order;
import dev.almanac.training.run.find.Value;
import dev.almanac.training.run.index.RunTable;
import dev.almanac.transforms.problem.RequestException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds runs and gives a page of them.
 *
 * @param sort as {@link Order} reads it; null for the newest first
 * @param columns keys whose values are given for each run, as {@link Key} has them, beside the
 *     usual ones
 * @param offset runs before the page
 * @param limit runs of a page; 0 for all
 */
public record ListRuns(
    RunFolder folder, Selection selection, String sort, List<String> columns, int offset, int limit)
    implements Work<ListRuns.Listed> {
  public ListRuns {
    columns = List.copyOf(columns);
  }

  /**
   * A page.
   *
   * @param total runs of the folder that can be read
   * @param matched those that were asked for
   * @param keys what was asked for by name: columns, and what is filtered and sorted by
   * @param unreadable why each of the others cannot be read, by its name
   * @param notes for a person
   */
  public record Listed(
      String folder,
      int total,
      int matched,
      List<String> keys,
      List<FoundRun> runs,
      Map<String, String> unreadable,
      List<String> notes) {}

  /**
   * A run of a page.
   *
   * @param stands {@code pinned} or {@code last} when it is one that commands take which are given
   *     none; else null
   * @param facts by their keys
   */
  public record FoundRun(String name, String stands, Map<String, Value> facts) {}

  @Override
  public Listed run(Watch watch) throws IOException, RequestException {
    Filter filter = selection.filter();
    Order order = sort == null ? Order.NEWEST : Order.of(sort);
    Set<Key> asked = new LinkedHashSet<>();
    for (String column : columns) {
      asked.add(Key.required(column));
    }
    Set<Key> keys = new LinkedHashSet<>(asked);
    keys.addAll(filter.keys());
    if (sort != null) {
      order.keys().forEach(by -> keys.add(by.key()));
      // What breaks ties is not asked for.
      keys.removeIf(key -> key.name().equals("id") && !asked.contains(key));
    }
    List<String> notes = new ArrayList<>();
    Standing standing = Standing.of(folder.path(), notes::add);
    return Selection.read(
        folder,
        watch,
        table -> {
          Selection.Columns values = new Selection.Columns(table);
          List<String> names = new ArrayList<>(selection.names(table, filter, values));
          names.sort(order.over(values::of));
          notes.addAll(Selection.notes(table, keys));
          List<String> page =
              names.subList(
                  Math.min(offset, names.size()),
                  limit == 0 ? names.size() : Math.min(names.size(), offset + limit));
          List<String> shown = keys.stream().map(Key::name).toList();
          return new Listed(
              folder.path(),
              table.names().size(),
              names.size(),
              shown,
              found(table, page, shown, standing),
              new TreeMap<>(table.unreadable()),
              List.copyOf(notes));
        });
  }

  private static List<FoundRun> found(
      RunTable table, List<String> page, Collection<String> asked, Standing standing) {
    Set<String> keys = new LinkedHashSet<>(asked);
    keys.addAll(
        List.of("state", "reason", "created", "ended", "name", "group", "repeats", "study"));
    keys.addAll(List.of("trial", "note", "dataset", "dataset.path", "params.train.model.family"));
    for (String key : table.keys()) {
      boolean variant = key.matches(".*\\.(last|min|max)");
      if (key.startsWith("tags.")
          || key.startsWith("~")
          || key.startsWith("metrics.") && !variant) {
        keys.add(key);
      }
    }
    Map<String, Map<String, Value>> columns = new LinkedHashMap<>();
    keys.forEach(key -> columns.put(key, table.column(key, page)));
    List<FoundRun> runs = new ArrayList<>();
    for (String name : page) {
      Map<String, Value> facts = new LinkedHashMap<>();
      facts.put(Selection.ID, Value.of(name));
      columns.forEach(
          (key, column) -> {
            if (column.containsKey(name)) {
              facts.put(key, column.get(name));
            }
          });
      runs.add(new FoundRun(name, standing.of(name), facts));
    }
    return runs;
  }
}
