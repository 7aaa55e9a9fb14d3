package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.training.run.find.Facts;
import dev.almanac.training.run.find.Filter;
import dev.almanac.training.run.find.FilterException;
import dev.almanac.training.run.find.Key;
import dev.almanac.training.run.find.Value;
import dev.almanac.training.run.index.RunTable;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.problem.Suggestion;
import dev.almanac.transforms.problem.WorkException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which runs of a folder are meant.
 *
 * @param runs ids, beginnings of ids, or folders; none for all
 * @param where a filter, as {@link Filter} reads it; null or blank for none
 * @param group a group's path, of which and below which they are; null for any
 */
public record Selection(List<String> runs, String where, String group) {
  /** The key of a run's name, which is no fact of its files. */
  static final String ID = "id";

  public static final Selection ALL = new Selection(List.of(), null, null);

  public Selection {
    runs = List.copyOf(runs);
  }

  /** Those that a filter finds. */
  public static Selection where(String filter) {
    return new Selection(List.of(), filter, null);
  }

  /** Those that are named. */
  public static Selection of(List<String> runs) {
    return new Selection(runs, null, null);
  }

  Filter filter() throws FilterException {
    return where == null ? Filter.ALL : Filter.of(where, Instant.now());
  }

  /**
   * The names of the runs, in the order of those given or else of names.
   *
   * @param filter {@link #filter()}
   * @param columns gives a key's values, read once each
   * @throws RequestException naming each that is none or several; thrown unseen, see {@link #read}
   */
  List<String> names(RunTable table, Filter filter, Columns columns) {
    Collection<String> candidates = runs.isEmpty() ? table.names() : named(table);
    List<String> found = new ArrayList<>();
    for (String name : candidates) {
      if (filter.matches(columns.of(name)) && isInGroup(columns.of(name))) {
        found.add(name);
      }
    }
    return found;
  }

  private boolean isInGroup(Facts facts) {
    if (group == null) {
      return true;
    }
    Value at = facts.get("group");
    return at != null && (at.text().equals(group) || at.text().startsWith(group + "/"));
  }

  private Set<String> named(RunTable table) {
    List<String> names = table.names();
    Set<String> known = new LinkedHashSet<>(names);
    known.addAll(table.unreadable().keySet());
    Set<String> found = new LinkedHashSet<>();
    List<String> problems = new ArrayList<>();
    for (String run : runs) {
      String id = Storage.name(run);
      List<String> begin =
          known.contains(id) ? List.of(id) : known.stream().filter(n -> n.startsWith(id)).toList();
      if (begin.size() == 1 && !id.isEmpty()) {
        found.add(begin.get(0));
      } else {
        problems.add(
            "Cannot find run '%s': %s"
                .formatted(
                    run,
                    begin.isEmpty()
                        ? "there is none" + Suggestion.question(id, names)
                        : "%s runs begin so, such as %s".formatted(begin.size(), begin.get(0))));
      }
    }
    if (!problems.isEmpty()) {
      throw new Unfound(problems);
    }
    return found;
  }

  /** Reads a table and lets a wrong name through. */
  static <R> R read(RunFolder folder, Watch watch, Function<RunTable, R> use)
      throws IOException, RequestException {
    try {
      return folder.catalog(watch).read(use);
    } catch (Unfound unfound) {
      throw new RequestException(unfound.problems);
    }
  }

  /** Names that are no run's. */
  private static final class Unfound extends WorkException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    Unfound(List<String> problems) {
      super(String.join("; ", problems));
      this.problems = problems;
    }
  }

  /** What is not to be found by a typed name that no run has: for a person. */
  static List<String> notes(RunTable table, Collection<Key> keys) {
    List<String> notes = new ArrayList<>();
    for (Key key : keys) {
      boolean free = key.name().contains(".") && !key.name().startsWith("dataset.");
      if (free && !table.names().isEmpty() && !table.keys().contains(key.name())) {
        notes.add(
            "no run has %s%s".formatted(key.name(), Suggestion.question(key.name(), table.keys())));
      }
    }
    return notes;
  }

  /** The values of keys, each read when it is asked for first. */
  static final class Columns {
    private final RunTable table;
    private final Map<String, Map<String, Value>> columns = new HashMap<>();

    Columns(RunTable table) {
      this.table = table;
    }

    Facts of(String name) {
      return key ->
          key.equals(ID) ? Value.of(name) : columns.computeIfAbsent(key, table::column).get(name);
    }
  }
}
