package dev.almanac.pipelines.report.page;

import dev.almanac.pipelines.report.measure.ErrorByGroup;
import dev.almanac.pipelines.report.measure.ErrorByGroup.Group;
import dev.almanac.pipelines.report.measure.ErrorOverTime;
import dev.almanac.pipelines.report.measure.ErrorSlices;
import dev.almanac.pipelines.report.measure.ErrorTotals;
import dev.almanac.pipelines.report.measure.TrainCounts;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Pictures and tables of errors by month, over time and by group. */
final class SliceCharts {
  private static final int FEWEST_MONTHS = 3;
  private static final int SHOWN_EXTREMES = 15;
  private static final int SHOWN_GROUPS = 1_000;

  private final Page page;
  private final ErrorSlices slices;
  private final SliceWords words;
  private final TrainCounts train;

  SliceCharts(Page page, ErrorSlices slices, SliceWords words, TrainCounts train) {
    this.train = train;
    this.page = page;
    this.slices = slices;
    this.words = words;
  }

  void write() {
    boolean months = slices.byMonth().filled() >= FEWEST_MONTHS;
    List<ErrorOverTime.Point> points = slices.overTime().points();
    if (months || points.size() > 1) {
      page.row(
          () -> {
            if (months) {
              byMonth();
            }
            if (points.size() > 1) {
              overTime(points, months ? Page.Width.HALF : Page.Width.WHOLE);
            }
          });
    }
    for (ErrorByGroup group : slices.byGroup()) {
      if (group.tellsSomething()) {
        byGroup(group);
      }
    }
  }

  private void byMonth() {
    List<String> labels = new ArrayList<>();
    for (Month month : Month.values()) {
      labels.add(month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
    }
    page.chart(
        "by-month",
        "months",
        Page.Width.HALF,
        "Error by month of the year",
        "Bars: %s. Dots: %s; %s."
            .formatted(words.sizeTitle(), words.signedTitle(), words.signedMeaning()),
        data(labels, slices.byMonth().months()),
        table("Month", labels, slices.byMonth().months()));
  }

  private void overTime(List<ErrorOverTime.Point> points, Page.Width width) {
    List<String> labels = points.stream().map(ErrorOverTime.Point::label).toList();
    List<ErrorTotals> errors = points.stream().map(ErrorOverTime.Point::errors).toList();
    String period = slices.overTime().period().text();
    page.chart(
        "over-time",
        "time",
        width,
        "Error over time",
        "Each %s of the split. The dashed line is all of it.".formatted(period),
        data(labels, errors),
        table(capital(period), labels, errors));
  }

  private Map<String, Object> data(List<String> labels, List<ErrorTotals> errors) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("sizeName", words.sizeTitle());
    data.put("signedName", words.signedTitle());
    data.put("decimals", words.digits().decimals());
    data.put("labels", labels);
    data.put("size", drawn(errors, ErrorTotals::meanSize));
    data.put("signed", drawn(errors, ErrorTotals::meanSigned));
    data.put("rows", errors.stream().map(ErrorTotals::rows).toList());
    if (knowsLinear()) {
      data.put("linearName", words.linearTitle());
      data.put("linear", drawn(errors, ErrorTotals::meanLinear));
    }
    data.put("overall", Digits.drawn(words.scaled(slices.all().meanSize())));
    return data;
  }

  private List<Double> drawn(List<ErrorTotals> errors, ToDoubleFunction<ErrorTotals> value) {
    List<Double> drawn = new ArrayList<>();
    errors.forEach(each -> drawn.add(Digits.drawn(words.scaled(value.applyAsDouble(each)))));
    return drawn;
  }

  private Table table(String first, List<String> labels, List<ErrorTotals> errors) {
    Table table = columns(first);
    for (int i = 0; i < labels.size(); i++) {
      if (errors.get(i).rows() > 0) {
        table.row(cells(labels.get(i), errors.get(i)).toArray(Table.Cell[]::new));
      }
    }
    return table;
  }

  private boolean knowsLinear() {
    return !Double.isNaN(slices.all().meanLinear());
  }

  private Table columns(String first) {
    Table table =
        new Table()
            .column(first, Table.Kind.TEXT)
            .column("rows", Table.Kind.NUMBER)
            .column(words.sizeTitle(), Table.Kind.NUMBER)
            .column(words.signedTitle(), Table.Kind.NUMBER);
    return knowsLinear() ? table.column(words.linearTitle(), Table.Kind.NUMBER) : table;
  }

  private List<Table.Cell> cells(String label, ErrorTotals errors) {
    List<Table.Cell> cells = new ArrayList<>();
    cells.add(Table.Cell.of(label));
    cells.add(Table.Cell.count(errors.rows()));
    cells.add(words.size(errors));
    cells.add(words.signed(errors));
    if (knowsLinear()) {
      cells.add(words.linear(errors));
    }
    return cells;
  }

  private Table groupColumns(ErrorByGroup by) {
    Table table = columns(by.column());
    return train.knows(by.column()) ? table.column("train rows", Table.Kind.NUMBER) : table;
  }

  private List<Table.Cell> groupCells(ErrorByGroup by, Group group) {
    List<Table.Cell> cells = cells(name(group), group.errors());
    if (train.knows(by.column())) {
      Long rows = train.rows(by.column(), group.name());
      cells.add(rows == null ? Table.Cell.of("few") : Table.Cell.count(rows));
    }
    return cells;
  }

  private void byGroup(ErrorByGroup by) {
    if (by.isScale()) {
      byValue(by);
    } else {
      byRank(by);
    }
  }

  private void byValue(ErrorByGroup by) {
    List<Group> groups = by.byValue();
    List<String> labels = groups.stream().map(SliceCharts::name).toList();
    List<ErrorTotals> errors = groups.stream().map(Group::errors).toList();
    page.row(
        () ->
            page.chart(
                id(by),
                "months",
                Page.Width.WHOLE,
                "Error by " + by.column(),
                "Bars: %s. Dots: %s.".formatted(words.sizeTitle(), words.signedTitle()),
                data(labels, errors),
                table(by.column(), labels, errors)));
  }

  private String id(ErrorByGroup by) {
    return "by-group-" + slices.byGroup().indexOf(by);
  }

  private void byRank(ErrorByGroup by) {
    List<Group> all = by.worstFirst();
    List<Group> ranked = by.ranked();
    List<Group> drawn = ranked.size() <= SHOWN_GROUPS ? ranked : ranked.subList(0, SHOWN_GROUPS);
    Map<String, Object> data =
        data(
            drawn.stream().map(SliceCharts::name).toList(),
            drawn.stream().map(Group::errors).toList());
    data.put("column", by.column());
    Table table = groupColumns(by);
    all.stream()
        .limit(SHOWN_GROUPS)
        .forEach(group -> table.row(groupCells(by, group).toArray(Table.Cell[]::new)));
    page.chart(
        id(by),
        "ranked",
        Page.Width.WHOLE,
        "Error by " + by.column(),
        note(all.size(), ranked.size()),
        data,
        table);
    if (ranked.size() <= SHOWN_EXTREMES) {
      return;
    }
    int extremes = Math.min(SHOWN_EXTREMES, ranked.size() / 2);
    List<Group> best = new ArrayList<>(ranked.subList(ranked.size() - extremes, ranked.size()));
    Collections.reverse(best);
    List<Group> worst = ranked.subList(0, extremes);
    page.row(
        () -> {
          worst(by, worst);
          extremes(page.html(), "Worst %s".formatted(extremes), by, worst, ranked.get(0));
        });
    page.fold(
        "Best %s".formatted(extremes), inside -> extremes(inside, "", by, best, ranked.get(0)));
  }

  private void worst(ErrorByGroup by, List<Group> groups) {
    Map<String, Object> data =
        data(
            groups.stream().map(SliceCharts::name).toList(),
            groups.stream().map(Group::errors).toList());
    data.put("column", by.column());
    if (train.knows(by.column())) {
      data.put(
          "train", groups.stream().map(group -> train.rows(by.column(), group.name())).toList());
    }
    page.chart(
        "worst-" + slices.byGroup().indexOf(by),
        "worst",
        Page.Width.HALF,
        "Worst %s of %s".formatted(groups.size(), by.column()),
        "Bars: %s of this model. %sDashed: all rows together."
            .formatted(
                words.sizeTitle(), knowsLinear() ? "Diamonds: that of the linear baseline. " : ""),
        data,
        new Table());
  }

  private static String note(int all, int ranked) {
    String note = "Each dot is one of %s, the worst on the left.".formatted(Digits.count(ranked));
    if (ranked < all) {
      note +=
          " %s with fewer than %s rows are in the table alone."
              .formatted(Digits.count(all - ranked), ErrorByGroup.FEWEST_RANKED_ROWS);
    }
    if (ranked > SHOWN_GROUPS) {
      note += " The picture and the table end after %s.".formatted(Digits.count(SHOWN_GROUPS));
    }
    return note;
  }

  private void extremes(
      Html html, String title, ErrorByGroup by, List<Group> groups, Group longest) {
    Table table = groupColumns(by);
    for (Group group : groups) {
      List<Table.Cell> cells = groupCells(by, group);
      double length = group.errors().meanSize() / longest.errors().meanSize();
      cells.set(2, cells.get(2).withBar(length));
      table.row(cells.toArray(Table.Cell[]::new));
    }
    html.open("div", "class", "half");
    if (!title.isEmpty()) {
      html.element("h4", title);
    }
    table.appendTo(html, "compact sortable");
    html.close();
  }

  private static String name(Group group) {
    return group.name() == null ? "(no value)" : group.name();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
