package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.config.shape.Plain;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.training.search.Budget;
import dev.almanac.training.search.Course;
import dev.almanac.training.search.Order;
import dev.almanac.training.search.prune.Pruners;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.training.setting.Rule;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * How a search goes about it: the keys of {@code search:} that say in which order, for how long and
 * with how many trials at once.
 *
 * @param inFlight null in asynchronous order
 * @param pruner its name and settings
 * @param parallel trials at once, each in a process of its own with its share of the cores
 * @param retries how often a trial is tried again whose process has died
 */
public record ConductConfig(
    Order order, Integer inFlight, JsonNode pruner, int parallel, int retries, Budget budget) {
  private static final int IN_FLIGHT = 8;
  private static final int TRIALS = 20;
  private static final Rule COUNT = new Rule.Whole(1, Integer.MAX_VALUE);
  private static final Rule.Decimal ANY =
      new Rule.Decimal(-Double.MAX_VALUE, Double.MAX_VALUE, "that is finite");

  static ConductConfig read(Section section, String sampler) {
    int parallel = section.integer("parallel", 1, 1, 1024);
    Order order = Order.of(section.word("order", Order.DETERMINISTIC.text(), Order.names()));
    Integer inFlight = inFlight(section, order, parallel);
    int retries = section.integer("retries", 1, 0, 100);
    return new ConductConfig(
        order, inFlight, pruner(section), parallel, retries, budget(section, sampler));
  }

  private static Integer inFlight(Section section, Order order, int parallel) {
    section.ask("in-flight", new Rule.Whole(1, 1024), IN_FLIGHT);
    if (order == Order.ASYNC) {
      if (section.has("in-flight")) {
        section.integer("in-flight", IN_FLIGHT, 1, 1024);
        section.problem("in-flight", "is for order deterministic (async)");
      }
      return null;
    }
    int inFlight = section.integer("in-flight", IN_FLIGHT, 1, 1024);
    if (parallel > inFlight) {
      section.problem(
          "parallel",
          "must be at most in-flight in deterministic order, more would wait (%s, in-flight %s)"
              .formatted(parallel, inFlight));
    }
    return inFlight;
  }

  private static JsonNode pruner(Section search) {
    Section section = search.section("pruner");
    ObjectNode chosen =
        section.rest(
            (node, beside, problems) -> Pruners.FORM.read(node, beside, problems).values());
    Pruners.FORM.settings(
        chosen, (at, setting) -> section.ask(at, setting.rule(), setting.fallback()));
    section.canonical().setAll(chosen);
    return chosen;
  }

  /** What the training of trials is counted in. */
  public Resource resource() {
    return Resource.of(pruner.path(Pruners.RESOURCE).asText(Resource.EPOCHS.text()));
  }

  /** As a study keeps it: what is counted in epochs does not say so, as it never did. */
  private JsonNode settings() {
    if (resource() != Resource.EPOCHS) {
      return pruner;
    }
    ObjectNode settings = pruner.deepCopy();
    settings.remove(Pruners.RESOURCE);
    return settings;
  }

  private static Budget budget(Section section, String sampler) {
    Long epochs = whole(section, "epochs");
    Long seconds = seconds(section);
    boolean isBounded = sampler.equals("grid") || epochs != null || seconds != null;
    section.ask("trials", COUNT, isBounded ? null : TRIALS);
    Integer trials =
        isBounded && !section.has("trials")
            ? null
            : Integer.valueOf(section.integer("trials", TRIALS, 1, Integer.MAX_VALUE));
    section.ask("target", ANY, null);
    Double target = section.has("target") ? (Double) section.number("target", 0, ANY) : null;
    Long plateau = whole(section, "plateau");
    return new Budget(
        trials, epochs, seconds, target, plateau == null ? null : Math.toIntExact(plateau));
  }

  private static Long whole(Section section, String key) {
    section.ask(key, COUNT, null);
    return section.has(key) ? Long.valueOf(section.integer(key, 1, 1, Integer.MAX_VALUE)) : null;
  }

  private static Long seconds(Section section) {
    section.ask(
        "time", Plain.ofText("a time such as 90s, 45m, 2h or 1d12h", "^(\\d+[dhmsDHMS])+$"), null);
    String text = section.text("time", null);
    if (text == null) {
      return null;
    }
    try {
      String upper = text.strip().toUpperCase(Locale.ROOT).replace(" ", "");
      int day = upper.indexOf('D') + 1;
      String clock = upper.substring(day);
      Duration time =
          Duration.parse("P" + upper.substring(0, day) + (clock.isEmpty() ? "" : "T" + clock));
      if (time.toSeconds() > 0) {
        return time.toSeconds();
      }
    } catch (DateTimeParseException noTime) {
      // Said below.
    }
    section.problem("time", "must be a time such as 90s, 45m, 2h or 1d12h (%s)".formatted(text));
    return null;
  }

  /**
   * It as a study knows it.
   *
   * @param epochs that a trial trains at most, unless it sets another number
   * @param rowGroups of an epoch; null when training is counted in epochs
   */
  public Course course(int epochs, Integer rowGroups) {
    return new Course(order, inFlight, settings(), new Epochs("train.epochs", epochs, rowGroups));
  }
}
