package dev.almanac.transforms.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.almanac.transforms.json.KeyedRecord;
import dev.almanac.transforms.problem.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The steps of features by their names in configs and artifacts. */
public final class Steps {
  private static final Map<String, Class<? extends NumericStep>> NUMERIC = named(NumericStep.class);
  private static final Map<String, Class<? extends NominalStep>> NOMINAL = named(NominalStep.class);
  private static final Map<String, Class<? extends Step>> ALL = named(Step.class);

  private Steps() {}

  /** Every step of a family by its name, which is that of its class in kebab case. */
  private static <S extends Step> Map<String, Class<? extends S>> named(Class<S> family) {
    Map<String, Class<? extends S>> named = new TreeMap<>();
    for (Class<?> step : family.getPermittedSubclasses()) {
      if (step.isSealed()) {
        named.putAll(named(step.asSubclass(family)));
      } else {
        named.put(name(step.asSubclass(family)), step.asSubclass(family));
      }
    }
    return named;
  }

  /** The steps of numeric features, by name. */
  public static Map<String, Class<? extends NumericStep>> numeric() {
    return Collections.unmodifiableMap(NUMERIC);
  }

  /** The steps of nominal features, by name. */
  public static Map<String, Class<? extends NominalStep>> nominal() {
    return Collections.unmodifiableMap(NOMINAL);
  }

  /** The name of a kind of step. */
  public static String name(Class<? extends Step> step) {
    return PropertyNamingStrategies.KebabCaseStrategy.INSTANCE.translate(step.getSimpleName());
  }

  /** Reads steps of numeric features. */
  public static List<NumericStep> readNumeric(JsonNode list, Problems problems) {
    return read(list, NUMERIC, problems);
  }

  /** Reads steps of nominal features. */
  public static List<NominalStep> readNominal(JsonNode list, Problems problems) {
    return read(list, NOMINAL, problems);
  }

  /** Reads steps of either kind. */
  static List<Step> readAny(JsonNode list, Problems problems) {
    return read(list, ALL, problems);
  }

  /** The node that reads back as the step: its name alone when nothing else is to be said. */
  public static JsonNode write(Step step) {
    String name = name(step);
    JsonNode node = KeyedRecord.write(name, (Record) step);
    return node.get(name).isEmpty() ? TextNode.valueOf(name) : node;
  }

  /** The name of a step. */
  public static String name(Step step) {
    return name(step.getClass());
  }

  static ArrayNode list(JsonNode step) {
    return JsonNodeFactory.instance.arrayNode().add(step);
  }

  /** The first step read, or an exception of all problems. */
  static <T> T only(Function<Problems, List<T>> reader) {
    Problems problems = new Problems();
    List<T> read = reader.apply(problems.at("steps"));
    problems.refuse();
    return read.get(0);
  }

  private static <T> List<T> read(
      JsonNode list, Map<String, ? extends Class<? extends T>> known, Problems problems) {
    List<T> steps = new ArrayList<>();
    if (!list.isArray()) {
      problems.add("must be a list of steps (names: %s)".formatted(known.keySet()));
      return steps;
    }
    for (int i = 0; i < list.size(); i++) {
      KeyedRecord.<T>read(list.get(i), known, problems.at(i)).ifPresent(steps::add);
    }
    return steps;
  }
}
