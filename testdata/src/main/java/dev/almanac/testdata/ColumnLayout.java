package dev.almanac.testdata;

import java.util.ArrayList;
import java.util.List;

/** Draws the columns of one station. */
final class ColumnLayout {

  /**
   * Share of stations whose observers leave dry days blank for some years, so that zeros are
   * presumed.
   */
  private static final double PRESUMING_STATIONS = 0.6;

  private final Calendar calendar;
  private final DayPlan days;
  private final Draws draws;
  private final Draws rowDraws;

  /**
   * @param draws for the choice of columns
   * @param rowDraws for what the columns then hold
   */
  ColumnLayout(Calendar calendar, DayPlan days, Draws draws, Draws rowDraws) {
    this.calendar = calendar;
    this.days = days;
    this.draws = draws;
    this.rowDraws = rowDraws;
  }

  /**
   * A column whose window holds no row of the station is left out: a file has a column because it
   * has a value.
   */
  List<Column> columns(StationKind kind) {
    RowRange presumed = presumed(kind);
    List<Column> columns = new ArrayList<>();
    for (ColumnChoice choice : ColumnChoices.of(kind)) {
      boolean chosen = draws.chance(choice.probability());
      RowRange window = window(choice.window());
      Gaps gaps = new Gaps(choice.nullShare(), rowDraws);
      if (chosen && window.rows() > 0) {
        columns.add(new Column(Elements.named(choice.element()), window, presumed, gaps, rowDraws));
      }
    }
    return columns;
  }

  private RowRange presumed(StationKind kind) {
    boolean presumes =
        kind.american() && kind != StationKind.AIRPORT && draws.chance(PRESUMING_STATIONS);
    RowRange stretch = stretch(0.15, 0.6);
    return presumes ? stretch : new RowRange(0, 0);
  }

  private RowRange window(ColumnChoice.Window window) {
    int rows = days.rows();
    if (window instanceof ColumnChoice.Window.MaybeLate late) {
      boolean isLate = draws.chance(late.share());
      int start = (int) (rows * draws.between(0.2, 0.8));
      return new RowRange(isLate ? start : 0, rows);
    }
    if (window instanceof ColumnChoice.Window.Stretch) {
      return stretch(0.25, 0.95);
    }
    if (window instanceof ColumnChoice.Window.Years years) {
      return new RowRange(firstRowOf(years.from()), firstRowOf(years.until()));
    }
    return new RowRange(0, rows);
  }

  private RowRange stretch(double least, double most) {
    int length = Math.max(1, (int) (days.rows() * draws.between(least, most)));
    int start = draws.below(days.rows() - length + 1);
    return new RowRange(start, start + length);
  }

  private int firstRowOf(int year) {
    int shift = draws.below(4 * 365) - 2 * 365;
    return days.firstRowFrom(calendar.firstDayOf(year) + shift);
  }
}
