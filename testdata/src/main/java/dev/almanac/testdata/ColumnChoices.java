package dev.almanac.testdata;

import static dev.almanac.testdata.ColumnChoice.core;
import static dev.almanac.testdata.ColumnChoice.maybeLate;
import static dev.almanac.testdata.ColumnChoice.stretch;
import static dev.almanac.testdata.ColumnChoice.years;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which columns the stations of a kind may have, in the order of the files: five first, the others
 * by name.
 */
final class ColumnChoices {

  private static final int FOREVER = 9_999;

  /** Shares of nulls of TMAX and TMIN beside those of the thermometer, which takes both away. */
  private static final double MAXIMUM_NULLS = 0.008;

  private static final double MINIMUM_NULLS = 0.011;

  private static final List<ColumnChoice> VOLUNTEER =
      List.of(
          core("PRCP", 1, 0.024),
          maybeLate("SNOW", 0.97, 0.12, 0.04),
          maybeLate("SNWD", 0.96, 0.36, 0.05),
          core("TMAX", 1, MAXIMUM_NULLS),
          core("TMIN", 1, MINIMUM_NULLS),
          stretch("DAPR", 0.9),
          stretch("DASF", 0.3),
          stretch("MDPR", 0.9),
          stretch("MDSF", 0.3),
          maybeLate("TOBS", 0.97, 0.08, 0.03),
          years("WESD", 0.12, 1995, 2011),
          stretch("WT01", 0.85),
          stretch("WT03", 0.97),
          stretch("WT04", 0.85),
          stretch("WT05", 0.95),
          stretch("WT06", 0.6),
          stretch("WT07", 0.4),
          stretch("WT08", 0.6),
          stretch("WT09", 0.6),
          stretch("WT11", 0.75),
          stretch("WT14", 0.45),
          stretch("WT16", 0.4),
          stretch("WT18", 0.45));

  private static final List<ColumnChoice> PAN =
      List.of(
          stretch("DAEV", 1),
          stretch("DAWM", 1),
          maybeLate("EVAP", 1, 0.5, 0.1),
          stretch("MDEV", 1),
          stretch("MDWM", 1),
          maybeLate("MNPN", 0.9, 0.5, 0.2),
          maybeLate("MXPN", 0.9, 0.5, 0.2),
          maybeLate("WDMV", 1, 0.5, 0.07));

  private static final List<ColumnChoice> OFFICE =
      List.of(
          core("PRCP", 1, 0.004),
          maybeLate("SNOW", 1, 0, 0.12),
          maybeLate("SNWD", 1, 0, 0.15),
          core("TMAX", 1, 0.001),
          core("TMIN", 1, 0.001),
          years("ACMH", 0.9, 1965, 1996),
          years("ACSH", 0.9, 1965, 1996),
          years("ADPT", 1, 2006, FOREVER),
          years("ASLP", 1, 2006, FOREVER),
          years("ASTP", 1, 2006, FOREVER),
          years("AWBT", 1, 2006, FOREVER),
          years("AWND", 1, 1984, FOREVER),
          stretch("DAPR", 0.3),
          years("FMTM", 1, 1984, 2012),
          stretch("MDPR", 0.3),
          years("PGTM", 1, 1948, FOREVER),
          years("PSUN", 0.5, 1965, 2005),
          years("RHAV", 1, 2006, FOREVER),
          years("RHMN", 1, 2006, FOREVER),
          years("RHMX", 1, 2006, FOREVER),
          years("TAVG", 1, 1998, FOREVER),
          years("TSUN", 1, 1965, 2005),
          years("WDF1", 0.9, 1965, 1996),
          years("WDF2", 1, 1996, FOREVER),
          years("WDF5", 1, 1996, FOREVER),
          years("WDFG", 0.9, 1948, 1996),
          years("WESD", 0.7, 1952, 1996),
          years("WSF1", 0.9, 1965, 1996),
          years("WSF2", 1, 1996, FOREVER),
          years("WSF5", 1, 1996, FOREVER),
          years("WSFG", 0.9, 1948, 1996),
          years("WT01", 1, 1948, FOREVER),
          years("WT02", 1, 1965, FOREVER),
          years("WT03", 1, 1948, FOREVER),
          stretch("WT04", 1),
          stretch("WT05", 1),
          stretch("WT06", 0.8),
          stretch("WT07", 0.9),
          years("WT08", 1, 1948, FOREVER),
          stretch("WT09", 0.9),
          stretch("WT10", 0.7),
          stretch("WT11", 0.9),
          years("WT13", 1, 1996, 2013),
          stretch("WT14", 0.9),
          years("WT16", 1, 1948, 2013),
          stretch("WT17", 0.6),
          years("WT18", 0.9, 1948, 2012),
          stretch("WT19", 0.6),
          years("WT21", 0.8, 1996, 2009),
          years("WT22", 0.5, 1996, 2013),
          years("WV03", 0.9, 2000, 2005));

  private static final List<ColumnChoice> FOREIGN =
      List.of(
          core("PRCP", 1, 0.08),
          maybeLate("SNWD", 1, 0.5, 0.3),
          core("TMAX", 1, MAXIMUM_NULLS),
          core("TMIN", 1, MINIMUM_NULLS),
          maybeLate("TAVG", 1, 0.5, 0.02));

  private static final List<ColumnChoice> SOUTHERN =
      List.of(
          core("PRCP", 1, 0.03),
          core("TMAX", 1, MAXIMUM_NULLS),
          core("TMIN", 1, MINIMUM_NULLS),
          stretch("DAPR", 1),
          stretch("DATN", 0.7),
          stretch("DATX", 0.7),
          stretch("MDPR", 1),
          stretch("MDTN", 0.7),
          stretch("MDTX", 0.7));

  private static final List<ColumnChoice> GAUGE =
      List.of(core("PRCP", 1, 0), stretch("DAPR", 1), stretch("DWPR", 1), stretch("MDPR", 1));

  private ColumnChoices() {}

  static List<ColumnChoice> of(StationKind kind) {
    return switch (kind) {
      case COOPERATIVE -> VOLUNTEER;
      case EVAPORATION -> merged(VOLUNTEER, PAN);
      case AIRPORT -> OFFICE;
      case INTERNATIONAL -> FOREIGN;
      case AUSTRALIAN -> SOUTHERN;
      case MAXIMUM_ONLY ->
          FOREIGN.stream().filter(choice -> !choice.element().equals("TMIN")).toList();
      case RAIN_GAUGE -> GAUGE;
    };
  }

  private static List<ColumnChoice> merged(List<ColumnChoice> first, List<ColumnChoice> second) {
    int core = 5;
    List<ColumnChoice> rest = new ArrayList<>(first.subList(core, first.size()));
    rest.addAll(second);
    rest.sort(Comparator.comparing(ColumnChoice::element));
    List<ColumnChoice> merged = new ArrayList<>(first.subList(0, core));
    merged.addAll(rest);
    return List.copyOf(merged);
  }
}
