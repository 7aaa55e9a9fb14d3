package dev.almanac.pipelines.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.run.Spread;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a study asked, how far it went, and what it found. */
record StudyHead(StudyView view) {
  /** Bounds of a budget and how each is said. */
  private static final Map<String, String> BOUNDS =
      Map.of(
          "trials", "%s trials",
          "epochs", "%s epochs",
          "seconds", "%s s",
          "target", "%s or better",
          "plateau", "%s trials without a better one");

  private static final Map<String, String> ENDS =
      Map.of(
          "trials", "ended: all its trials",
          "epochs", "ended: its epochs were used up",
          "time", "ended: its time was up",
          "target", "ended: the target was reached",
          "plateau", "ended: no better one in a long while",
          "space", "ended: the whole space was tried");

  void write(Html html) {
    StudyRecord study = view.study();
    html.open("header").open("div", "class", "title");
    html.open("div").element("p", "Almanac study", "class", "kicker");
    html.element("h1", study.name());
    html.open("p", "class", "subtitle")
        .text(study.goal().text().equals("minimize") ? "Lowest " : "Highest ")
        .element("strong", study.metric())
        .close()
        .close();
    html.element("span", view.going() ? "running" : over(), "class", statusStyle());
    html.close();
    html.open("dl", "class", "facts");
    fact(html, "Tried", tried(study));
    fact(html, "Sampler", sampler(study));
    fact(html, "Ending trials early", pruner(study.question("course").path("pruner")));
    fact(html, "Order", study.question("course").path("order").asText("not said"));
    fact(html, "Budget", budget(study.asked().path("budget")));
    fact(html, "What ended it", view.going() ? "it goes on" : ended(study));
    fact(html, "Spent", spent(study));
    fact(html, "Begun", study.since() == null ? "not known" : study.since());
    html.close();
    best(html, study);
    html.close();
  }

  private String over() {
    return view.study().ended() == null ? "not at its end" : "ended";
  }

  private String statusStyle() {
    return !view.going() && view.study().ended() != null ? "status finished" : "status";
  }

  private static void fact(Html html, String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close();
  }

  private static String tried(StudyRecord study) {
    List<String> parts = new ArrayList<>();
    for (Trial.State state : Trial.State.values()) {
      long count = study.count(state);
      if (count > 0) {
        parts.add("%s %s".formatted(Digits.count(count), state.text()));
      }
    }
    return "%s configurations%s"
        .formatted(
            Digits.count(study.trials().size()),
            parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }

  private static String sampler(StudyRecord study) {
    return "%s, seed %s"
        .formatted(study.question("sampler").asText("not said"), study.question("seed").asText());
  }

  private static String pruner(JsonNode pruner) {
    if (!pruner.isObject()) {
      return pruner.isTextual() ? pruner.textValue() : "none";
    }
    List<String> settings = new ArrayList<>();
    pruner
        .fields()
        .forEachRemaining(
            field -> {
              if (!field.getKey().equals("name")) {
                JsonNode value = field.getValue();
                settings.add(
                    "%s %s"
                        .formatted(
                            field.getKey(),
                            value.isTextual() ? value.textValue() : Json.line(value)));
              }
            });
    String name = pruner.path("name").asText("none");
    return settings.isEmpty() ? name : name + ": " + String.join(", ", settings);
  }

  private static String budget(JsonNode budget) {
    List<String> bounds = new ArrayList<>();
    for (String bound : List.of("trials", "epochs", "seconds", "target", "plateau")) {
      JsonNode value = budget.path(bound);
      if (value.isNumber()) {
        bounds.add(
            bound.equals("seconds")
                ? Digits.duration(value.doubleValue())
                : BOUNDS.get(bound).formatted(value.asText()));
      }
    }
    return bounds.isEmpty() ? "not said" : String.join(", or ", bounds);
  }

  private static String ended(StudyRecord study) {
    return study.ended() == null
        ? "nothing yet; the same command goes on"
        : ENDS.getOrDefault(study.ended(), study.ended()).replaceFirst("ended: ", "");
  }

  private static String spent(StudyRecord study) {
    String time = Digits.duration(study.seconds()) + " of training";
    return study.reached() == 0
        ? time
        : "%s %s, %s".formatted(Digits.count(study.reached()), study.resource().words(), time);
  }

  private void best(Html html, StudyRecord study) {
    Trial best =
        view.winner() == null
            ? study.best().orElse(null)
            : study.trials().stream()
                .filter(trial -> trial.number() == view.winner().trial())
                .findFirst()
                .orElse(null);
    if (best == null || best.value() == null) {
      html.element("p", "No trial has finished.", "class", "absent");
      return;
    }
    html.open("div", "class", "card winner");
    html.element(
        "h3",
        "%s, trial %s"
            .formatted(view.winner() == null ? "Best so far" : "The winner", best.number()));
    Spread spread = confirmed(best);
    html.element("p", Digits.alone(spread == null ? best.value() : spread.mean()), "class", "big");
    if (spread != null) {
      html.element(
          "p",
          "The mean of %s trainings with fresh seeds; in the search it had %s."
              .formatted(spread.values().size(), Digits.alone(best.value())),
          "class",
          "aside");
    }
    if (view.winner() != null && view.winner().test() != null) {
      List<String> metrics = new ArrayList<>();
      view.winner()
          .test()
          .forEach((name, value) -> metrics.add("%s %s".formatted(name, Digits.alone(value))));
      html.element("p", "On the test split: " + String.join(", ", metrics), "class", "aside");
    }
    if (view.winner() != null && !view.winner().members().isEmpty()) {
      html.open("p", "class", "aside")
          .text("The model is run ")
          .element("code", view.winner().run())
          .text(", the mean of what the models of the best predict: runs ")
          .element("code", String.join(", ", view.winner().members()))
          .text(". Of these trial %s is the best alone:".formatted(best.number()))
          .close();
    }
    html.open("ul", "class", "values");
    best.assignment()
        .forEach(
            (path, value) ->
                html.open("li")
                    .element("span", path)
                    .text(" ")
                    .element("code", StudyParameter.text(value))
                    .close());
    html.close();
    html.open("p", "class", "aside").text("Run ").element("code", run(best));
    if (view.winner() != null && view.winner().dataset() != null) {
      html.text(", of dataset ").element("code", view.winner().dataset());
    }
    html.text(". This trains it again and compares the weights:").close();
    html.element("pre", command(best), "tabindex", "0");
    html.close();
  }

  /** Over fresh seeds; null when the winner was not trained again, or there is none yet. */
  private Spread confirmed(Trial best) {
    return view.winner() == null
        ? null
        : view.confirmed().stream()
            .filter(each -> each.trial() == best.number())
            .findFirst()
            .map(StudyView.Confirmed::spread)
            .orElse(null);
  }

  private String run(Trial best) {
    return String.valueOf(view.winner() == null ? best.runId() : view.winner().run());
  }

  private String command(Trial best) {
    String config = view.config() == null ? "CONFIG" : quoted(view.config());
    return String.format(Locale.ROOT, "almanac runs rerun %s %s", config, run(best));
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
