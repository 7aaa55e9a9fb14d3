package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.transforms.split.DateRange;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.split.Split;
import java.util.ArrayList;
import java.util.List;

/** Reads the {@code split:} section. */
final class SplitReader {
  private SplitReader() {}

  static DateSplit read(Section section) {
    int before = section.problems().count();
    String column = section.requiredText("column", "the column of dates to split by");
    List<DateRange> ranges = new ArrayList<>();
    for (Split split : Split.values()) {
      section.require(split.text(), "its days, such as {from: 2013-01-01, until: 2015-01-01}");
      Section range = section.section(split.text());
      ranges.add(new DateRange(range.date("from"), range.date("until")));
      range.close();
    }
    section.close();
    if (section.problems().count() > before) {
      return null;
    }
    DateSplit.check(ranges.get(0), ranges.get(1), ranges.get(2), section.problems());
    return section.problems().count() > before
        ? null
        : new DateSplit(column, ranges.get(0), ranges.get(1), ranges.get(2));
  }
}
