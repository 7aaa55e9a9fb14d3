package dev.almanac.training.run.index;

import dev.almanac.training.run.find.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The facts of all runs of a folder. A run is called by the name of its folder. */
public interface RunTable {
  /** Those that can be read, by their names. */
  List<String> names();

  /** Why the others cannot be read, by their names. */
  Map<String, String> unreadable();

  /** The values of a key by the names of the runs that have one. */
  Map<String, Value> column(String key);

  /** The same of these runs alone. */
  default Map<String, Value> column(String key, Collection<String> names) {
    Map<String, Value> column = new HashMap<>(column(key));
    column.keySet().retainAll(names);
    return column;
  }

  /** All facts of a run by their keys, in the order of these; of a run that is not there, none. */
  Map<String, Value> row(String name);

  /** Every key that a run has. */
  Set<String> keys();
}
