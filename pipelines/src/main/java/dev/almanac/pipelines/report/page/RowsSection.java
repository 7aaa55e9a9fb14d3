package dev.almanac.pipelines.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.report.measure.ErrorSlices;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.split.DateRange;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What the split did: its ranges in time, and where every row of every source file went. */
public final class RowsSection {
  private static final int SHOWN_FILES = 500;

  private RowsSection() {}

  /** Where a row went, and in which color. */
  private record Fate(String name, String meaning, ToLongFunction<RowCounts> rows) {}

  private static final List<Fate> FATES =
      List.of(
          new Fate("train", "the fit and the weights come from these", RowCounts::train),
          new Fate("validation", "chose which weights to keep", RowCounts::validation),
          new Fate("test", "measured the result", RowCounts::test),
          new Fate("outside", "their date is in none of the ranges", RowCounts::outside),
          new Fate("dropped", "inside a range, but without a label", RowCounts::dropped),
          new Fate("rejected", "could not be parsed; kept in rejects/", RowCounts::rejected));

  /**
   * Writes the section.
   *
   * @param dates the days of the test split's predictions
   */
  public static void write(Page page, ReportSource source, ErrorSlices.DateSpan dates) {
    DatasetManifest dataset = source.dataset();
    page.section(
        "rows",
        "What the split did",
        dataset == null
            ? ""
            : "%s rows were read from %s source %s (%s)."
                .formatted(
                    Digits.count(dataset.totals().read()),
                    Digits.count(read(dataset).size()),
                    read(dataset).size() == 1 ? "file" : "files",
                    Digits.bytes(read(dataset).stream().mapToLong(SourceLedger::bytes).sum())),
        () -> {
          if (dataset == null) {
            page.absent(source.data().problem());
            return;
          }
          Map<Split, DateRange> ranges = ranges(source);
          if (ranges != null) {
            timeline(page.html(), dataset, ranges, dates.isEmpty() ? null : dates.last());
          }
          ledger(page.html(), dataset.totals());
          reasons(page, dataset);
          files(page, dataset);
        });
  }

  /** The ranges that the config asks for; null when it is not there or holds none. */
  private static Map<Split, DateRange> ranges(ReportSource source) {
    Map<Split, DateRange> ranges = new EnumMap<>(Split.class);
    try {
      for (Split split : Split.values()) {
        JsonNode node = source.config("split", split.text());
        ranges.put(split, new DateRange(date(node.path("from")), date(node.path("until"))));
      }
    } catch (DateTimeParseException e) {
      return null;
    }
    Problems problems = new Problems();
    DateSplit.check(
        ranges.get(Split.TRAIN), ranges.get(Split.VALIDATION), ranges.get(Split.TEST), problems);
    return problems.isEmpty() ? ranges : null;
  }

  private static LocalDate date(JsonNode node) {
    String text = node.asText("");
    return text.isEmpty() ? null : LocalDate.parse(text);
  }

  private static void timeline(
      Html html, DatasetManifest dataset, Map<Split, DateRange> ranges, LocalDate last) {
    Map<Split, Long> rows = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      rows.put(split, dataset.rows(split));
    }
    html.element("h3", "In time").open("div", "class", "timeline");
    for (SplitTimeline.Segment segment : SplitTimeline.of(ranges, rows, last).segments()) {
      html.open(
              "div",
              "class",
              "segment " + segment.split() + (segment.range().from() == null ? " since-ever" : ""),
              "style",
              String.format(
                  Locale.ROOT,
                  "left:%.3f%%;width:%.3f%%",
                  100 * segment.left(),
                  100 * segment.width()),
              "title",
              "%s: %s".formatted(segment.split(), text(segment.range())))
          .close();
    }
    html.close().open("div", "class", "legend");
    for (Split split : Split.values()) {
      html.open("div", "class", "key " + split.text())
          .element("strong", split.text())
          .text(" " + text(ranges.get(split)))
          .element("small", "%s rows".formatted(Digits.count(rows.get(split))))
          .close();
    }
    html.close();
  }

  private static String text(DateRange range) {
    if (range.from() == null) {
      return "to %s".formatted(range.until().minusDays(1));
    }
    return range.until() == null
        ? "from %s on".formatted(range.from())
        : "%s to %s".formatted(range.from(), range.until().minusDays(1));
  }

  private static void ledger(Html html, RowCounts totals) {
    html.element("h3", "Where every row went").open("div", "class", "stack");
    for (Fate fate : FATES) {
      double share = share(fate.rows().applyAsLong(totals), totals);
      if (share > 0) {
        html.open(
                "div",
                "class",
                fate.name(),
                "style",
                String.format(Locale.ROOT, "flex-grow:%.6f", share),
                "title",
                "%s %s".formatted(fate.name(), Digits.share(share)))
            .close();
      }
    }
    html.close().open("table", "class", "compact ledger").open("tbody");
    for (Fate fate : FATES) {
      long rows = fate.rows().applyAsLong(totals);
      html.open("tr").open("th", "scope", "row", "class", "key " + fate.name());
      html.text(fate.name()).close();
      html.element("td", Digits.count(rows), "class", "number");
      html.element("td", Digits.share(share(rows, totals)), "class", "number");
      html.element("td", fate.meaning(), "class", "text").close();
    }
    html.open("tr", "class", "sum").element("th", "read", "scope", "row");
    html.element("td", Digits.count(totals.read()), "class", "number");
    html.element("td", "100.0%", "class", "number");
    html.element(
        "td",
        totals.balances()
            ? "every row is accounted for"
            : "the rows above do not add up to this: the dataset is damaged",
        "class",
        totals.balances() ? "text" : "text worse");
    html.close().close().close();
  }

  private static double share(long rows, RowCounts totals) {
    return totals.read() == 0 ? 0 : (double) rows / totals.read();
  }

  private static void reasons(Page page, DatasetManifest dataset) {
    if (dataset.source().rejects().rows() == 0) {
      return;
    }
    Table table =
        new Table().column("rejected for", Table.Kind.TEXT).column("rows", Table.Kind.NUMBER);
    dataset
        .source()
        .rejects()
        .reasons()
        .forEach(
            reason ->
                table.row(
                    Table.Cell.of(reason.reason()),
                    Table.Cell.count(reason.rows())
                        .withBar((double) reason.rows() / dataset.source().rejects().rows())));
    page.html().element("h3", "Why rows were rejected");
    table.appendTo(page.html(), "compact narrow");
  }

  private static List<SourceLedger> read(DatasetManifest dataset) {
    return dataset.source().files().stream().filter(file -> file.leftOut() == null).toList();
  }

  private static void files(Page page, DatasetManifest dataset) {
    Table table =
        new Table().column("source file", Table.Kind.CODE).column("size", Table.Kind.NUMBER);
    table.column("read", Table.Kind.NUMBER);
    FATES.forEach(fate -> table.column(fate.name(), Table.Kind.NUMBER));
    read(dataset).stream()
        .sorted(
            Comparator.comparingLong((SourceLedger file) -> -file.rows().rejected())
                .thenComparingLong(file -> -file.rows().dropped())
                .thenComparing(SourceLedger::path))
        .limit(SHOWN_FILES)
        .forEach(file -> table.row(cells(file)));
    int all = read(dataset).size();
    String title =
        all <= SHOWN_FILES
            ? "Every source file, most rejected rows first"
            : "%s of %s source files, most rejected rows first"
                .formatted(Digits.count(SHOWN_FILES), Digits.count(all));
    page.fold(title, html -> table.appendTo(html, "sortable"));
  }

  private static Table.Cell[] cells(SourceLedger file) {
    Table.Cell[] cells = new Table.Cell[3 + FATES.size()];
    cells[0] = Table.Cell.of(Storage.name(file.path()));
    cells[1] = new Table.Cell(Digits.bytes(file.bytes()), (double) file.bytes(), null);
    cells[2] = Table.Cell.count(file.rows().read());
    for (int i = 0; i < FATES.size(); i++) {
      cells[3 + i] = Table.Cell.count(FATES.get(i).rows().applyAsLong(file.rows()));
    }
    return cells;
  }
}
