package dev.almanac.pipelines.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.runs.Csv;
import dev.almanac.pipelines.work.runs.ListRuns.FoundRun;
import dev.almanac.pipelines.work.runs.ListRuns.Listed;
import dev.almanac.training.run.find.Key;
import dev.almanac.training.run.find.RunFacts;
import dev.almanac.training.run.find.Value;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A page of runs as text, CSV and JSON.
 *
 * @param columns that were asked for; none for the usual ones
 * @param page its number, from 1
 * @param size runs of a page; 0 for all
 */
record RunList(Listed listed, List<String> columns, int page, int size) {
  private static final String FAMILY = "params.train.model.family";

  /** Usual columns, whose names are short, and which are left out where no run has one. */
  private static final Map<String, String> USUAL = new LinkedHashMap<>();

  static {
    USUAL.put("state", "status");
    USUAL.put("group", "group");
    USUAL.put(RunFacts.HEADLINE + "repeats", "repeat");
    USUAL.put("study", "study");
    USUAL.put("trial", "trial");
    USUAL.put(FAMILY, "model");
    USUAL.put("dataset", "dataset");
  }

  /** Characters of a split's name in a heading. */
  private static final int SHORT = 4;

  private static final List<String> SPLITS = List.of("validation", "test");

  /** Unreadable runs whose reasons are shown. */
  private static final int REASONS = 20;

  String text() {
    Map<String, String> keys = shown();
    List<String> head = new ArrayList<>(List.of("", "run"));
    head.addAll(keys.values());
    Map<String, String> splits = columns.isEmpty() ? headlines(keys.keySet()) : Map.of();
    head.addAll(splits.values());
    Table table = new Table(head.toArray(String[]::new));
    for (FoundRun run : listed.runs()) {
      List<Object> cells = new ArrayList<>();
      cells.add(mark(run));
      cells.add(run.name());
      keys.keySet().forEach(key -> cells.add(cell(run.facts().get(key))));
      splits.forEach((split, name) -> cells.add(headline(run, split, name.equals(split))));
      table.row(cells.toArray());
    }
    StringBuilder reasons = new StringBuilder();
    listed.unreadable().entrySet().stream()
        .limit(REASONS)
        .forEach(
            run -> {
              Object[] cells = new Object[head.size()];
              cells[1] = run.getKey();
              cells[2] = "unreadable";
              table.row(cells);
              reasons.append('\n').append(run.getValue()).append('\n');
            });
    int width = TerminalWidth.ofThisTerminal().columns(System.nanoTime());
    return table.text(width) + reasons + count();
  }

  private Map<String, String> shown() {
    Map<String, String> keys = new LinkedHashMap<>();
    if (columns.isEmpty()) {
      keys.put("state", "status");
      listed.keys().stream()
          .filter(key -> !USUAL.containsKey(key) && !key.equals("id") && !key.equals("created"))
          .forEach(key -> keys.put(key, shortened(key)));
      USUAL.forEach(
          (key, name) -> {
            long different =
                listed.runs().stream().map(run -> run.facts().get(key)).distinct().count();
            boolean any = listed.runs().stream().anyMatch(run -> run.facts().containsKey(key));
            // A dataset that all have tells nothing.
            if (any && (different > 1 || !key.equals("dataset"))) {
              keys.put(key, name);
            }
          });
    } else {
      columns.forEach(key -> keys.put(canonical(key), shortened(key)));
    }
    return keys;
  }

  private static String canonical(String key) {
    return Key.of(key).map(Key::name).orElse(key);
  }

  /** The end of a long name, which tells it from others. */
  private static String shortened(String key) {
    String bare = key.replaceFirst("^(params|metrics|tags|machine)\\.", "");
    String[] parts = bare.split("\\.");
    return key.startsWith("params.") ? parts[parts.length - 1] : bare;
  }

  private static Object cell(Value value) {
    if (value == null) {
      return "";
    }
    if (value.number() == null) {
      return value.text().lines().findFirst().orElse("");
    }
    return value.number() == Math.rint(value.number()) ? value.shown() : value.number();
  }

  /** By split what its column is called; where all runs have one metric, by that. */
  private Map<String, String> headlines(Set<String> shown) {
    Map<String, String> splits = new LinkedHashMap<>();
    for (String split : SPLITS) {
      List<String> names =
          listed.runs().stream()
              .map(run -> run.facts().get(RunFacts.HEADLINE + split))
              .filter(Objects::nonNull)
              .map(Value::text)
              .distinct()
              .toList();
      String only = names.size() == 1 ? names.get(0) : null;
      if (!names.isEmpty() && !shown.contains("metrics.%s.%s".formatted(split, only))) {
        splits.put(
            split,
            only == null
                ? split
                : "%s %s".formatted(split.substring(0, Math.min(SHORT, split.length())), only));
      }
    }
    return splits;
  }

  /** The metric that a person looks at first. */
  private static Object headline(FoundRun run, String split, boolean named) {
    Value name = run.facts().get(RunFacts.HEADLINE + split);
    Value value =
        name == null ? null : run.facts().get("metrics.%s.%s".formatted(split, name.text()));
    if (value == null) {
      return "";
    }
    return named ? name.text() + " " + Figures.number(value.number()) : value.number();
  }

  /** Whether the run is the one that commands take which are given none. */
  private static String mark(FoundRun run) {
    return run.stands() == null ? "" : run.stands().equals("pinned") ? "*" : "+";
  }

  private String count() {
    StringBuilder text = new StringBuilder("\n");
    boolean more = size > 0 && (long) page * size < listed.matched();
    text.append(
        listed.matched() == listed.total()
            ? "%s of %s runs".formatted(listed.runs().size(), listed.total())
            : "%s of %s runs that match, of %s"
                .formatted(listed.runs().size(), listed.matched(), listed.total()));
    if (!listed.unreadable().isEmpty()) {
      text.append(", and %s that cannot be read".formatted(listed.unreadable().size()));
    }
    text.append(more ? "; --page %s shows more%n".formatted(page + 1) : "\n");
    List<String> marks = listed.runs().stream().map(RunList::mark).distinct().toList();
    if (marks.contains("*") || marks.contains("+")) {
      text.append(
          marks.contains("*")
              ? "* is pinned by `runs promote`, + what a training or search ended with\n"
              : "+ is what the last training or search ended with\n");
    }
    listed.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
    return text.toString();
  }

  String csv() {
    Set<String> keys = new LinkedHashSet<>();
    if (columns.isEmpty()) {
      listed.runs().forEach(run -> keys.addAll(run.facts().keySet()));
      keys.removeIf(key -> key.startsWith(RunFacts.HEADLINE));
    } else {
      columns.forEach(key -> keys.add(canonical(key)));
    }
    List<String> head = new ArrayList<>(List.of("run", "stands"));
    head.addAll(keys);
    StringBuilder text = new StringBuilder(Csv.line(head));
    for (FoundRun run : listed.runs()) {
      List<String> cells = new ArrayList<>();
      cells.add(run.name());
      cells.add(run.stands() == null ? "" : run.stands());
      for (String key : keys) {
        Value value = run.facts().get(key);
        cells.add(value == null ? "" : value.shown());
      }
      text.append(Csv.line(cells));
    }
    return text.toString();
  }

  ObjectNode json() {
    ObjectNode object = Json.mapper().createObjectNode();
    object.put("folder", listed.folder());
    object.put("total", listed.total());
    object.put("matched", listed.matched());
    ArrayNode runs = object.putArray("runs");
    listed.runs().forEach(run -> runs.add(json(run)));
    ArrayNode unreadable = object.putArray("unreadable");
    listed
        .unreadable()
        .forEach(
            (name, reason) ->
                unreadable
                    .addObject()
                    .put("folder", Storage.resolve(listed.folder(), name))
                    .put("reason", reason));
    ArrayNode notes = object.putArray("notes");
    listed.notes().forEach(notes::add);
    return object;
  }

  private ObjectNode json(FoundRun run) {
    ObjectNode object = Json.mapper().createObjectNode();
    object.put("run-id", run.name());
    if (run.stands() != null) {
      object.put("stands", run.stands());
    }
    Map<String, Value> facts = run.facts();
    put(object, "status", facts.get("state"));
    for (String key :
        List.of(
            "reason", "created", "ended", "name", "group", "repeats", "study", "trial", "note")) {
      put(object, key, facts.get(key));
    }
    put(object, "dataset", facts.get("dataset.path"));
    ObjectNode metrics = object.putObject("metrics");
    ObjectNode tags = object.putObject("tags");
    facts.forEach(
        (key, value) -> {
          String[] parts = key.split("\\.", 3);
          if (key.startsWith("tags.")) {
            put(tags, key.substring("tags.".length()), value);
          } else if (key.startsWith("metrics.") && parts.length == 3) {
            put(metrics.withObject("/" + parts[1]), parts[2], value);
          }
        });
    ObjectNode asked = object.putObject("facts");
    listed.keys().forEach(key -> put(asked, key, facts.get(key)));
    return object;
  }

  private static void put(ObjectNode object, String key, Value value) {
    if (value != null && value.number() == null) {
      object.put(key, value.text());
    } else if (value != null
        && value.number() == Math.rint(value.number())
        && Math.abs(value.number()) < 1e15) {
      object.put(key, (long) value.number().doubleValue());
    } else if (value != null) {
      object.put(key, value.number());
    }
  }
}
