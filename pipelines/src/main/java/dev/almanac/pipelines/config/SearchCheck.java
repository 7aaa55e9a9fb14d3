package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.yaml.ConfigTree;
import dev.almanac.pipelines.config.yaml.Overrides;
import dev.almanac.training.search.prune.Pruners;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.transforms.problem.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Finds parameters of a search that no trial could use, by reading the config once with each end of
 * their domains in place: a path that no config knows and a value out of range are then what they
 * would be in the file.
 */
final class SearchCheck {
  /** What names a result is not what a result depends on. */
  private static final Set<String> FIXED =
      Set.of("name", "output.dataset", "train.runs", "train.repeats", "train.task");

  private final ConfigTree tree;
  private final BiConsumer<ConfigTree, Problems> reader;
  private final Set<String> known;

  /**
   * @param reader reads a tree, its search apart
   */
  SearchCheck(ConfigTree tree, BiConsumer<ConfigTree, Problems> reader) {
    this.tree = tree;
    this.reader = reader;
    this.known = Set.copyOf(read(Map.of()));
  }

  void check(SearchSpace space, Problems problems) {
    Map<String, Map<String, JsonNode>> premises = new LinkedHashMap<>();
    for (Parameter parameter : space.parameters()) {
      String path = parameter.path();
      Map<String, JsonNode> premise = new LinkedHashMap<>();
      parameter
          .when()
          .forEach(
              (other, values) -> {
                premise.putAll(premises.getOrDefault(other, Map.of()));
                premise.put(other, values.get(0));
              });
      premises.put(path, premise);
      if (FIXED.contains(path) || path.equals("search") || path.startsWith("search.")) {
        problems.at("search.space").at(path).add("is not something to search");
        continue;
      }
      for (JsonNode value : parameter.domain().bounds()) {
        Map<String, JsonNode> values = new LinkedHashMap<>(premise);
        values.put(path, value);
        List<String> found = read(values).stream().filter(p -> !known.contains(p)).toList();
        if (!found.isEmpty()) {
          problems
              .at("search.space")
              .at(path)
              .add("the config does not take %s: %s".formatted(value, String.join("; ", found)));
          break;
        }
      }
    }
  }

  /** Refuses to compare by row groups trials that read several datasets, each with its own. */
  static void checkCounted(SearchConfig search, Problems problems) {
    if (search.conduct().resource() == Resource.EPOCHS) {
      return;
    }
    for (Parameter parameter : search.space().parameters()) {
      String path = parameter.path();
      if (AlmanacConfig.DATASET_KEYS.contains(path.replaceFirst("[.].*", ""))) {
        problems
            .at("search.pruner")
            .at(Pruners.RESOURCE)
            .add(
                "%s are counted in one dataset, and search.space varies %s, which makes several: take %s"
                    .formatted(Resource.ROW_GROUPS.text(), path, Resource.EPOCHS.text()));
        return;
      }
    }
  }

  private List<String> read(Map<String, JsonNode> values) {
    ConfigTree changed = tree.copy();
    Problems problems = new Problems();
    Overrides.set(changed, values, problems);
    reader.accept(changed, problems);
    return problems.texts();
  }
}
