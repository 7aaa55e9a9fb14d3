package dev.almanac.testdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The facts measured in the real network hold in a whole cycle of generated stations, within what
 * few stations allow.
 */
class RealFactsTest {

  private static final int STATIONS = 96;
  private static final int ROWS = 2_800;
  private static final List<StationTable> TABLES = new ArrayList<>();
  private static long bytes;

  @BeforeAll
  static void generate() throws IOException {
    Calendar calendar = new Calendar(LocalDate.of(1995, 1, 1), LocalDate.of(2003, 1, 1));
    for (int index = 0; index < STATIONS; index++) {
      byte[] file = StationTable.bytes(11, index, calendar, ROWS);
      bytes += file.length;
      TABLES.add(StationTable.of(file));
    }
  }

  @Test
  void aRowIsAboutTwoHundredBytesAndHoldsFiveToSevenValues() {
    assertEquals(200, (double) bytes / (STATIONS * ROWS), 20);
    long values = 0;
    for (StationTable table : TABLES) {
      for (String element : table.elements()) {
        values += table.cells(element).stream().filter(cell -> !cell.isEmpty()).count();
      }
    }
    assertEquals(5.9, (double) values / (STATIONS * ROWS), 0.7);
  }

  @Test
  void sharesOfNullsAreThoseOfTheNetwork() {
    assertEquals(0.024, nullShare("PRCP"), 0.015);
    assertEquals(0.029, nullShare("TMAX"), 0.02);
    assertEquals(0.029, nullShare("TMIN"), 0.03);
    assertEquals(0.164, nullShare("SNOW"), 0.06);
    assertEquals(0.193, nullShare("TOBS"), 0.06);
    assertEquals(0.289, nullShare("SNWD"), 0.07);
  }

  @Test
  void nullsRunInBlocks() {
    int longest = 0;
    int blocks = 0;
    for (StationTable table : TABLES) {
      if (table.has("TMAX")) {
        int run = 0;
        for (String cell : table.cells("TMAX")) {
          run = cell.isEmpty() ? run + 1 : 0;
          longest = Math.max(longest, run);
          blocks += run == 28 ? 1 : 0;
        }
      }
    }
    assertTrue(longest > 60, "longest run " + longest);
    assertTrue(blocks > 30, "lost months " + blocks);
  }

  @Test
  void temperaturesHaveTheRealSeasonsAndResiduals() {
    List<Season> northern = new ArrayList<>();
    for (StationTable table : TABLES) {
      if (table.has("TMAX") && !table.cells("LATITUDE").get(0).startsWith("-")) {
        northern.add(Season.of(table.dates(), table.sound("TMAX")));
      }
    }
    double[] mean = sorted(northern.stream().mapToDouble(season -> season.mean() / 10));
    double[] amplitude = sorted(northern.stream().mapToDouble(season -> season.amplitude() / 10));
    assertEquals(11.6, quantile(mean, 0.05), 2.5);
    assertEquals(17.8, quantile(mean, 0.5), 1.5);
    assertEquals(26.1, quantile(mean, 0.95), 2.5);
    assertEquals(8.2, quantile(amplitude, 0.05), 2);
    assertEquals(13.2, quantile(amplitude, 0.5), 1.5);
    assertEquals(17.0, quantile(amplitude, 0.95), 3);
    assertEquals(19, quantile(sorted(northern.stream().mapToDouble(Season::coldestDay)), 0.5), 5);

    double[] deviation = sorted(northern.stream().mapToDouble(RealFactsTest::deviation));
    assertEquals(3.8, quantile(deviation, 0.05), 0.9);
    assertEquals(5.1, quantile(deviation, 0.5), 0.6);
    assertEquals(6.7, quantile(deviation, 0.95), 0.8);
  }

  @Test
  void residualsPersistAndGoTogetherAsInTheNetwork() {
    List<Double> persistence = new ArrayList<>();
    List<Double> correlation = new ArrayList<>();
    for (StationTable table : TABLES) {
      if (table.has("TMAX") && table.has("TMIN")) {
        double[] maximum = Season.of(table.dates(), table.sound("TMAX")).residuals();
        double[] minimum = Season.of(table.dates(), table.sound("TMIN")).residuals();
        persistence.add(Season.correlation(maximum, 0, maximum, 1, ROWS - 1));
        correlation.add(Season.correlation(maximum, 0, minimum, 0, ROWS));
      }
    }
    double[] lag = sorted(persistence.stream().mapToDouble(Double::doubleValue));
    assertEquals(0.60, quantile(lag, 0.05), 0.06);
    assertEquals(0.68, quantile(lag, 0.5), 0.05);
    assertEquals(0.77, quantile(lag, 0.95), 0.06);
    double[] together = sorted(correlation.stream().mapToDouble(Double::doubleValue));
    assertEquals(0.33, quantile(together, 0.05), 0.12);
    assertEquals(0.62, quantile(together, 0.5), 0.06);
    assertEquals(0.73, quantile(together, 0.95), 0.06);
  }

  @Test
  void southernStationsAreColdestInJuly() {
    StationTable southern =
        TABLES.stream()
            .filter(table -> table.has("TMAX") && table.cells("LATITUDE").get(0).startsWith("-"))
            .findFirst()
            .orElseThrow();
    assertEquals(200, Season.of(southern.dates(), southern.sound("TMAX")).coldestDay(), 15);
  }

  @Test
  void rainFallsOnAQuarterOfDaysWithSkewedAmounts() {
    double days = 0;
    double wet = 0;
    double amount = 0;
    double traces = 0;
    for (StationTable table : TABLES) {
      for (double value : table.sound("PRCP")) {
        days += Double.isNaN(value) ? 0 : 1;
        wet += value > 0 ? 1 : 0;
        amount += value > 0 ? value / 10 : 0;
      }
      traces +=
          table.cells("PRCP_ATTRIBUTES").stream().filter(cell -> cell.startsWith("T")).count();
    }
    assertEquals(0.27, wet / days, 0.03);
    assertEquals(8.5, amount / wet, 1);
    assertEquals(0.07, traces / days, 0.02);
  }

  @Test
  void maximumIsLearnableFromRainAndSnow() {
    double[] sums = new double[6];
    for (StationTable table : TABLES) {
      if (table.has("TMAX") && table.has("SNWD")) {
        double[] residuals = Season.of(table.dates(), table.sound("TMAX")).residuals();
        double[] rain = table.sound("PRCP");
        double[] snow = table.sound("SNWD");
        for (int row = 0; row < ROWS; row++) {
          if (!Double.isNaN(residuals[row] + rain[row] + snow[row])) {
            int kind = snow[row] > 50 ? 2 : rain[row] > 0 ? 1 : 0;
            sums[kind] += residuals[row] / 10;
            sums[3 + kind]++;
          }
        }
      }
    }
    double dry = sums[0] / sums[3];
    assertTrue(sums[1] / sums[4] < dry - 1, "wet days are colder by a degree");
    assertTrue(sums[2] / sums[5] < dry - 3, "days with snow on the ground are colder by three");
  }

  @Test
  void flaggedTemperaturesReachThousandsOfDegrees() {
    double values = 0;
    double flagged = 0;
    int largest = 0;
    int largestSound = 0;
    for (StationTable table : TABLES) {
      if (table.has("TMAX")) {
        List<String> cells = table.cells("TMAX");
        List<String> attributes = table.cells("TMAX_ATTRIBUTES");
        for (int row = 0; row < ROWS; row++) {
          if (!cells.get(row).isEmpty()) {
            int value = Integer.parseInt(cells.get(row).strip());
            boolean suspect = !StationTable.quality(attributes.get(row)).isEmpty();
            values++;
            flagged += suspect ? 1 : 0;
            largest = Math.max(largest, suspect ? value : 0);
            largestSound = Math.max(largestSound, suspect ? 0 : value);
          }
        }
      }
    }
    assertEquals(0.005, flagged / values, 0.001);
    assertTrue(largest > 20_000 && largest <= QualityChecks.WILDEST, "largest " + largest);
    assertTrue(largestSound < 600, "largest without a flag " + largestSound);
  }

  @Test
  void columnSetsDrift() {
    Set<List<String>> sets = new HashSet<>();
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (StationTable table : TABLES) {
      sets.add(table.header());
      least = Math.min(least, table.header().size());
      most = Math.max(most, table.header().size());
    }
    assertTrue(sets.size() > STATIONS / 2, "different headers " + sets.size());
    assertTrue(least <= 14 && most >= 80, "columns from " + least + " to " + most);
    assertTrue(TABLES.stream().anyMatch(table -> !table.has("SNOW")));
    assertTrue(TABLES.stream().anyMatch(table -> table.has("TMAX") && !table.has("TMIN")));
    assertTrue(TABLES.stream().anyMatch(table -> !table.has("TMAX")));
  }

  @Test
  void optionalColumnsLiveInAWindowOfYears() {
    StationTable airport = TABLES.get(1);
    List<String> cells = airport.cells("WSF2");
    List<LocalDate> dates = airport.dates();
    int first = 0;
    while (cells.get(first).isEmpty()) {
      first++;
    }
    int start = dates.get(first).getYear();
    assertTrue(start >= 1994 && start <= 1998, "WSF2 starts in " + start);
    long present = cells.subList(first, ROWS).stream().filter(cell -> !cell.isEmpty()).count();
    assertTrue(present > 0.7 * (ROWS - first), "WSF2 present on " + present);
    assertTrue(!airport.has("RHAV"), "RHAV starts after the period");
  }

  private static double nullShare(String element) {
    double present = 0;
    for (StationTable table : TABLES) {
      if (table.has(element)) {
        present += table.cells(element).stream().filter(cell -> !cell.isEmpty()).count();
      }
    }
    return 1 - present / (STATIONS * ROWS);
  }

  private static double deviation(Season season) {
    double[] rest =
        Arrays.stream(season.residuals()).filter(value -> !Double.isNaN(value)).toArray();
    return Math.sqrt(Arrays.stream(rest).map(value -> value * value).average().orElseThrow()) / 10;
  }

  private static double[] sorted(DoubleStream values) {
    return values.sorted().toArray();
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
