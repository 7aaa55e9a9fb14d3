package dev.almanac.training.run.index;

import dev.almanac.training.run.find.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was read just now. */
final class MemoryTable implements RunTable {
  private final Map<String, Map<String, Value>> rows = new TreeMap<>();
  private final Map<String, String> unreadable;

  /**
   * @param begun why folders without a record are no runs, by their names
   */
  MemoryTable(Map<String, String> begun) {
    unreadable = new TreeMap<>(begun);
  }

  void add(RunReading reading) {
    if (reading.problem() == null) {
      rows.put(reading.name(), reading.facts());
    } else {
      unreadable.put(reading.name(), reading.problem());
    }
  }

  @Override
  public List<String> names() {
    return new ArrayList<>(rows.keySet());
  }

  @Override
  public Map<String, String> unreadable() {
    return unreadable;
  }

  @Override
  public Map<String, Value> column(String key) {
    Map<String, Value> column = new HashMap<>();
    rows.forEach(
        (name, facts) -> {
          if (facts.containsKey(key)) {
            column.put(name, facts.get(key));
          }
        });
    return column;
  }

  @Override
  public Map<String, Value> row(String name) {
    return new TreeMap<>(rows.getOrDefault(name, Map.of()));
  }

  @Override
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    rows.values().forEach(facts -> keys.addAll(facts.keySet()));
    return keys;
  }
}
