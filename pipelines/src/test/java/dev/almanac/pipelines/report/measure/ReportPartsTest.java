package dev.almanac.pipelines.report.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.report.FixtureFit;
import dev.almanac.pipelines.report.StationRows;
import dev.almanac.pipelines.report.page.Digits;
import dev.almanac.pipelines.report.page.Html;
import dev.almanac.pipelines.report.page.Page;
import dev.almanac.pipelines.report.page.SplitTimeline;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.split.DateRange;
import dev.almanac.transforms.split.Split;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Laws of the small parts that a page is made of. */
class ReportPartsTest {
  @Test
  void binsCoverTheirRangeWithRoundWidths() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2_000; i++) {
      double scale = Math.pow(10, random.nextInt(-6, 9));
      double least = scale * (random.nextDouble() - 0.5);
      double greatest = least + scale * random.nextDouble();
      Bins bins = Bins.over(least, greatest, 48);
      assertTrue(bins.of(least) >= 0, bins.toString());
      assertTrue(bins.of(greatest) < bins.count(), bins.toString());
      assertTrue(bins.count() <= 50, bins.toString());
      double lead = bins.width() / Math.pow(10, Math.floor(Math.log10(bins.width() * 1.0001)));
      assertTrue(
          Arrays.stream(new double[] {1, 2, 5}).anyMatch(step -> Math.abs(step - lead) < 1e-6),
          bins.toString());
    }
  }

  @Test
  void binsOfOneValueHoldIt() {
    for (double value : new double[] {0, 7, -1e9, 1e-12}) {
      Bins bins = Bins.over(value, value, 48);
      int bin = bins.of(value);
      assertTrue(bin >= 0 && bin < bins.count(), bins.toString());
    }
  }

  @Test
  void aColumnWithTooManyValuesIsGivenUpInAnyOrder() {
    int rows = ErrorByGroup.MOST_GROUPS + 1;
    long[] values = new long[rows];
    Arrays.setAll(values, i -> i);
    ErrorByGroup group = new ErrorByGroup("id", ColumnType.LONG);
    group.add(new RowErrors(new double[rows], new double[rows]), LongColumn.of(values));
    group.add(new RowErrors(new double[1], new double[1]), LongColumn.of(3));
    assertFalse(group.tellsSomething());
    assertEquals(List.of(), group.worstFirst());
  }

  @Test
  void rowsWithoutAGroupAreAGroup() {
    ErrorByGroup group = new ErrorByGroup("station", ColumnType.STRING);
    double[] errors = {1, 2, 3};
    group.add(new RowErrors(errors, errors), StringColumn.of("a", null, "a"));
    List<ErrorByGroup.Group> worst = group.worstFirst();
    assertEquals(2, worst.size());
    assertEquals(null, worst.get(0).name());
    assertEquals(2.0, worst.get(1).errors().meanSize());
  }

  @Test
  void integersAreInTheOrderOfTheirValues() {
    ErrorByGroup group = new ErrorByGroup("hour", ColumnType.LONG);
    double[] errors = new double[4];
    group.add(new RowErrors(errors, errors), LongColumn.of(10, 9, -1, 9));
    assertTrue(group.isScale());
    assertEquals(
        List.of("-1", "9", "10"), group.byValue().stream().map(ErrorByGroup.Group::name).toList());
  }

  @Test
  void aGapInTimeIsAPeriodWithoutRows() {
    ErrorOverTime overTime = new ErrorOverTime(Period.MONTH);
    double[] errors = {4, 8};
    overTime.add(
        new RowErrors(errors, errors),
        LongColumn.of(
            LocalDate.of(2015, 12, 31).toEpochDay(), LocalDate.of(2016, 3, 1).toEpochDay()));
    assertEquals(
        List.of("2015-12", "2016-01", "2016-02", "2016-03"),
        overTime.points().stream().map(ErrorOverTime.Point::label).toList());
    assertEquals(0, overTime.points().get(1).errors().rows());
    assertTrue(Double.isNaN(overTime.points().get(1).errors().meanSize()));
  }

  @Test
  void theTimelineFillsItsLineAndKeepsGaps() {
    Map<Split, DateRange> ranges =
        Map.of(
            Split.TRAIN, range(null, "2010-01-01"),
            Split.VALIDATION, range("2011-01-01", "2012-01-01"),
            Split.TEST, range("2012-01-01", null));
    SplitTimeline line =
        SplitTimeline.of(
            ranges,
            Map.of(Split.TRAIN, 3650L, Split.VALIDATION, 365L, Split.TEST, 731L),
            LocalDate.of(2013, 12, 31));
    List<SplitTimeline.Segment> segments = line.segments();
    assertEquals(0, segments.get(0).left());
    assertEquals(1, segments.get(2).left() + segments.get(2).width(), 1e-12);
    double trainEnd = segments.get(0).left() + segments.get(0).width();
    double year = segments.get(1).width();
    assertEquals(year, segments.get(1).left() - trainEnd, 1e-3, "the year between");
    assertEquals(10 * year, segments.get(0).width(), 0.02, "as many days a row as the others");
  }

  private static DateRange range(String from, String until) {
    return new DateRange(
        from == null ? null : LocalDate.parse(from), until == null ? null : LocalDate.parse(until));
  }

  @Test
  void studentsQuantilesAreThoseOfTheTables() {
    double[][] known = {
      {1, 12.7062047},
      {2, 4.3026527},
      {3, 3.1824463},
      {4, 2.7764451},
      {9, 2.2621572},
      {30, 2.0422725}
    };
    for (double[] entry : known) {
      assertEquals(entry[1], StudentT.quantile(0.95, (int) entry[0]), 1e-7);
    }
    assertEquals(63.6567, StudentT.quantile(0.99, 1), 1e-4);
    // Closed forms of one and of two degrees; many degrees come near the normal distribution.
    assertEquals(2 / Math.PI * Math.atan(1.7), StudentT.within(1.7, 1), 1e-15);
    assertEquals(1.7 / Math.sqrt(2 + 1.7 * 1.7), StudentT.within(1.7, 2), 1e-15);
    assertEquals(1.959964, StudentT.quantile(0.95, 100_000), 1e-4);
  }

  @Test
  void theIntervalHoldsTheTrueMeanInNineteenOfTwentyDraws() {
    SplittableRandom random = new SplittableRandom(4);
    int held = 0;
    int draws = 20_000;
    for (int draw = 0; draw < draws; draw++) {
      List<Double> values =
          List.of(
              7 + 2 * random.nextGaussian(),
              7 + 2 * random.nextGaussian(),
              7 + 2 * random.nextGaussian());
      MeanInterval interval = MeanInterval.of(values);
      held += interval.low() <= 7 && 7 <= interval.high() ? 1 : 0;
    }
    assertEquals(0.95, (double) held / draws, 0.006);
    assertEquals(new MeanInterval(3, null, null), MeanInterval.of(List.of(3.0)));
  }

  @Test
  void wilsonsIntervalIsThatOfThePaper() {
    Calibration calibration = new Calibration();
    for (int row = 0; row < 10; row++) {
      calibration.add(0.05, false);
      calibration.add(0.85, row < 8);
    }
    assertEquals(0, calibration.interval(0)[0]);
    assertEquals(0.277533, calibration.interval(0)[1], 1e-6);
    assertEquals(0.490162, calibration.interval(8)[0], 1e-6);
    assertEquals(0.943318, calibration.interval(8)[1], 1e-6);
    assertEquals(0.05, calibration.error(), 1e-12);
    assertEquals(0.05, calibration.greatest(), 1e-12);
  }

  @Test
  void trainRowsOfAGroupAreWhatTheFitCounted() {
    List<String> stations = StationRows.names(3);
    TrainCounts counts = TrainCounts.of(FixtureFit.ofTemperatures(stations));
    assertTrue(counts.knows("STATION"));
    for (String station : stations) {
      assertEquals(730, counts.rows("STATION", station));
    }
    assertEquals(0, counts.rows("STATION", "another"));
    assertEquals(0, counts.rows("STATION", null));
    assertFalse(counts.knows("DATE"));
    assertEquals(null, counts.rows("DATE", "x"));
    assertFalse(TrainCounts.of(null).knows("STATION"));
  }

  @Test
  void numbersReadWell() {
    assertEquals("25.31", Digits.of(25.3).text(25.3111));
    assertEquals("\u22120.50", new Digits(2).text(-0.5));
    assertEquals("0.00", new Digits(2).text(-0.001));
    assertEquals("+1.5", new Digits(1).signed(1.5));
    assertEquals("0.003", Digits.alone(0.003));
    assertEquals("1.00e\u221206", Digits.alone(1e-6));
    assertEquals("1,024", Digits.alone(1024.0));
    assertEquals("72.5%", Digits.share(0.725));
    assertEquals("<0.1%", Digits.share(1e-5));
    assertEquals(">99.9%", Digits.share(0.99999));
    assertEquals("16.4 MB", Digits.bytes(16_400_000));
    assertEquals("3 min 4 s", Digits.duration(184.2));
  }

  @Test
  void elementsThatAreLeftOpenAreAnError() {
    Html html = new Html().open("p").text("a & b");
    assertEquals(
        "Cannot finish HTML: <p> is open",
        assertThrows(IllegalStateException.class, html::toString).getMessage());
    assertEquals("<p>a &amp; b</p>\n", html.close().toString());
  }

  @Test
  void chartDataCannotEndItsScript() {
    String data = Page.scriptData(Map.of("name", "</script><!--\u2028&"));
    assertFalse(data.contains("<") || data.contains(">") || data.contains("\u2028"));
  }
}
