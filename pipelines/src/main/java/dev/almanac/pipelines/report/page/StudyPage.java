package dev.almanac.pipelines.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.importance.Importances;
import dev.almanac.training.search.trial.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The page of a study: one file that opens offline. What it draws it also says in tables, which are
 * there without scripts.
 */
public final class StudyPage {
  /** Its name in the study's folder. */
  public static final String FILE = "study.html";

  private static final int SHOWN_PAIRS = 5;

  private final StudyView view;
  private final List<StudyParameter> parameters;
  private final Page page = new Page();

  private StudyPage(StudyView view) {
    this.view = view;
    this.parameters = StudyParameter.of(view.study().space(), view.study().trials());
  }

  /** The whole file. */
  public static String text(StudyView view) {
    return new StudyPage(view).text();
  }

  private String text() {
    new StudyHead(view).write(page.html());
    view.study().damage().forEach(page::absent);
    if (view.study().trials().isEmpty()) {
      page.absent("No trial has begun.");
    } else {
      sections();
    }
    return page.text(
        "Study %s".formatted(view.study().name()), "study", new StudyData(view, parameters).json());
  }

  private void sections() {
    page.section(
        "history",
        "How it went",
        "Each mark is a trial, in the order in which they began; the line is the best so far.",
        () -> plot("history-plot", "Value of each trial and the best so far", 300));
    confirmed();
    page.section("importance", "What mattered", importanceLead(), () -> importance(page.html()));
    page.section(
        "parallel",
        "Every trial",
        "A line a trial. Drag along an axis to keep those that pass there: the other pictures and the table follow. Click a line or a number to see one trial.",
        () -> {
          Html html = page.html();
          html.open("div", "class", "controls");
          html.element("p", shown(), "id", "shown", "role", "status");
          html.element("button", "Show all", "type", "button", "id", "reset").close();
          plot("parallel-plot", "Parameters and value of every trial, a line each", 380);
          page.fold("Filter by typing", inside -> inside.open("div", "id", "filters").close());
          html.open("div", "id", "chosen", "aria-live", "polite").close();
          table(html);
        });
    page.section(
        "slices",
        "Value over each parameter",
        "The most important first.",
        () -> page.html().open("div", "class", "slices", "id", "slice-plots").close());
    if (view.study().trials().stream().anyMatch(trial -> trial.reports().size() > 1)) {
      page.section(
          "curves",
          "Learning curves",
          "The value that each trial would have had on its way, by %s; dashed lines are where trials were ended or paused."
              .formatted(counted()),
          () -> {
            plot("curves-plot", "Value of each trial by " + counted(), 320);
            rungs(page.html());
          });
    }
    if (!view.segments().isEmpty()) {
      page.section(
          "workers",
          "Who trained what, and when",
          "A row a worker, a bar a stretch of a trial's training.",
          () -> {
            plot("workers-plot", "Time line of the workers", 60);
            page.fold("Numbers", this::segments);
          });
    }
  }

  /** What the best trials were worth with seeds that had no part in their being chosen. */
  private void confirmed() {
    if (view.confirmed().isEmpty()) {
      return;
    }
    List<StudyView.Confirmed> confirmed = view.confirmed();
    Table table =
        new Table()
            .column("trial", Table.Kind.NUMBER)
            .column("in the search", Table.Kind.NUMBER)
            .column("mean with fresh seeds", Table.Kind.NUMBER)
            .column("standard deviation", Table.Kind.NUMBER)
            .column("seeds", Table.Kind.TEXT);
    Digits digits = Digits.of(confirmed.get(0).spread().mean());
    for (StudyView.Confirmed one : confirmed) {
      Double before =
          view.study().trials().stream()
              .filter(trial -> trial.number() == one.trial())
              .findFirst()
              .map(Trial::value)
              .orElse(null);
      Double sd = one.spread().sd();
      table.row(
          Table.Cell.count(one.trial()),
          Table.Cell.number(before == null ? Double.NaN : before, digits),
          Table.Cell.number(one.spread().mean(), digits),
          Table.Cell.number(sd == null ? Double.NaN : sd, digits),
          Table.Cell.of(
              one.spread().values().stream().map(digits::text).collect(Collectors.joining(", "))));
    }
    page.section(
        "confirmed",
        "The best, trained again",
        "%s configurations were tried, and the best of many is partly the luckiest: the best %s were trained again with fresh seeds, and the best mean wins."
            .formatted(Digits.count(view.study().trials().size()), confirmed.size()),
        () -> {
          plot("confirmed-plot", "Values of the best trials with fresh seeds", 40);
          table.appendTo(page.html(), "confirmed");
        });
  }

  private String shown() {
    return "All %s trials".formatted(Digits.count(view.study().trials().size()));
  }

  private void plot(String id, String title, int height) {
    page.html()
        .open("figure", "class", "study-figure")
        .open(
            "div",
            "class",
            "board",
            "id",
            id,
            "role",
            "img",
            "aria-label",
            title,
            "data-height",
            Integer.toString(height))
        .close()
        .close();
  }

  private String importanceLead() {
    Importances found = view.importances();
    if (found == null) {
      return "";
    }
    return "How much of the differences between values each parameter accounts for, over the whole space, alone and together with others (functional ANOVA of %s trials). From the other trials, %s of a trial's difference is foretold."
        .formatted(Digits.count(found.trials()), Digits.share(found.explained()));
  }

  private void importance(Html html) {
    Importances found = view.importances();
    if (found == null) {
      page.absent(
          "It takes %s trials whose values are not all the same to tell what matters."
              .formatted(Importances.FEWEST));
      return;
    }
    Table table =
        new Table()
            .column("parameter", Table.Kind.TEXT)
            .column("importance", Table.Kind.NUMBER)
            .column("of it alone", Table.Kind.NUMBER);
    for (Importances.Share share : found.parameters()) {
      table.row(
          Table.Cell.of(share.path()),
          Table.Cell.share(share.share()).withBar(share.share()),
          Table.Cell.share(share.alone()));
    }
    table.appendTo(html, "importance");
    List<String> pairs =
        found.pairs().stream()
            .filter(pair -> pair.share() >= 0.01)
            .limit(SHOWN_PAIRS)
            .map(
                pair ->
                    "%s with %s (%s)"
                        .formatted(pair.first(), pair.second(), Digits.share(pair.share())))
            .toList();
    if (!pairs.isEmpty()) {
      html.element(
          "p",
          "Together beyond what each does alone: " + String.join("; ", pairs),
          "class",
          "aside");
    }
  }

  /** Every trial, the best first; a number is a button that shows the trial. */
  private void table(Html html) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Trials");
    html.open("table", "class", "sortable compact", "id", "trials").open("thead").open("tr");
    head(html, "trial", "number");
    head(html, "state", "text");
    head(html, view.study().metric(), "number");
    head(html, counted(), "number");
    head(html, "seconds", "number");
    parameters.forEach(p -> head(html, p.label(), p.categories().isEmpty() ? "number" : "text"));
    head(html, "from", "text");
    head(html, "run, or why it ended", "text");
    html.close().close().open("tbody");
    for (Trial trial : ordered()) {
      row(html, trial);
    }
    html.close().close().close();
  }

  private List<Trial> ordered() {
    Comparator<Trial> best =
        Comparator.comparing(Trial::value, Comparator.nullsLast(view.study().goal().bestFirst()));
    return view.study().trials().stream()
        .sorted(
            Comparator.comparing((Trial t) -> t.state() != Trial.State.FINISHED)
                .thenComparing(best)
                .thenComparing(Trial::number))
        .toList();
  }

  private static void head(Html html, String title, String style) {
    html.open("th", "class", style, "scope", "col");
    html.element("button", title, "type", "button").close();
  }

  private void row(Html html, Trial trial) {
    html.open("tr", "data-trial", Integer.toString(trial.number()));
    html.open("td", "class", "number", "data-value", Integer.toString(trial.number()));
    html.element("button", Integer.toString(trial.number()), "type", "button", "class", "pick");
    html.close();
    html.element("td", trial.state().text());
    number(html, trial.value());
    number(html, trial.reports().isEmpty() ? null : (double) trial.reached());
    number(html, trial.seconds());
    for (StudyParameter parameter : parameters) {
      JsonNode value = trial.assignment().get(parameter.path());
      if (value == null) {
        html.element("td", "\u2013", "class", "none");
      } else if (parameter.categories().isEmpty()) {
        number(html, value.doubleValue());
      } else {
        html.element("td", StudyParameter.text(value));
      }
    }
    html.element("td", trial.origin());
    html.element(
        "td",
        trial.reason() == null ? String.valueOf(trial.runId()) : trial.reason(),
        "class",
        "code");
    html.close();
  }

  /** What training is counted in. */
  private String counted() {
    return view.study().resource().words();
  }

  private static void number(Html html, Double value) {
    if (value == null) {
      html.element("td", "", "class", "number");
    } else {
      html.element("td", Digits.alone(value), "class", "number", "data-value", value.toString());
    }
  }

  /** How many trials were ended or wait where. */
  private void rungs(Html html) {
    Map<Integer, long[]> rungs = new TreeMap<>();
    for (Trial trial : view.study().trials()) {
      boolean isPruned = trial.state() == Trial.State.PRUNED;
      if (!trial.reports().isEmpty() && (isPruned || trial.state() == Trial.State.PAUSED)) {
        rungs.computeIfAbsent(trial.reached(), each -> new long[2])[isPruned ? 0 : 1]++;
      }
    }
    if (rungs.isEmpty()) {
      return;
    }
    Table table =
        new Table()
            .column("after " + counted(), Table.Kind.NUMBER)
            .column("reached it", Table.Kind.NUMBER)
            .column("ended there", Table.Kind.NUMBER)
            .column("wait there", Table.Kind.NUMBER);
    rungs.forEach(
        (place, counts) ->
            table.row(
                Table.Cell.count(place),
                Table.Cell.count(
                    view.study().trials().stream().filter(t -> t.reached() >= place).count()),
                Table.Cell.count(counts[0]),
                Table.Cell.count(counts[1])));
    page.fold("Numbers", inside -> table.appendTo(inside, "narrow"));
  }

  private void segments(Html html) {
    Table table =
        new Table()
            .column("worker", Table.Kind.NUMBER)
            .column("trial", Table.Kind.NUMBER)
            .column("since", Table.Kind.TEXT)
            .column("seconds", Table.Kind.NUMBER)
            .column(counted(), Table.Kind.TEXT)
            .column("then", Table.Kind.TEXT);
    List<StudyView.Segment> ordered = new ArrayList<>(view.segments());
    ordered.sort(Comparator.comparingLong(StudyView.Segment::since));
    for (StudyView.Segment segment : ordered) {
      table.row(
          Table.Cell.count(segment.worker()),
          Table.Cell.count(segment.trial()),
          Table.Cell.of(Instant.ofEpochMilli(segment.since()).toString()),
          Table.Cell.number((segment.until() - segment.since()) / 1e3, new Digits(1)),
          Table.Cell.of("%s to %s".formatted(segment.from(), segment.to())),
          Table.Cell.of(segment.state()));
    }
    table.appendTo(html, "compact");
  }
}
