package dev.almanac.testdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layout of the real files, for a station of every kind. */
class LayoutTest {

  private static final int KINDS = 12;
  private static final List<String> FIRST = List.of("PRCP", "SNOW", "SNWD", "TMAX", "TMIN");
  private static final Set<String> TIMED =
      Set.of(
          "PRCP", "SNOW", "SNWD", "TOBS", "EVAP", "DAPR", "MDPR", "MNPN", "MXPN", "WDMV", "WESD");
  private static final Calendar CALENDAR =
      new Calendar(LocalDate.of(1988, 3, 1), LocalDate.of(2015, 6, 1));

  @Test
  void theFirstTwelveStationsHoldEveryKind() {
    List<StationKind> kinds = new ArrayList<>();
    for (int index = 0; index < KINDS; index++) {
      kinds.add(StationKind.of(index));
    }
    assertTrue(kinds.containsAll(List.of(StationKind.values())));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 3_000, 9_953})
  void everyRowHasAsManyCellsAsTheHeader(int rows) throws IOException {
    for (int index = 0; index < KINDS; index++) {
      StationTable table = table(index, rows);
      assertEquals(rows, table.rows().size());
      for (List<String> row : table.rows()) {
        assertEquals(table.header().size(), row.size());
      }
    }
  }

  @Test
  void columnsStandInTheOrderOfTheRealFiles() throws IOException {
    for (int index = 0; index < KINDS; index++) {
      StationTable table = table(index, 2_000);
      assertEquals(
          List.of("STATION", "DATE", "LATITUDE", "LONGITUDE", "ELEVATION", "NAME"),
          table.header().subList(0, 6));
      List<String> elements = table.elements();
      List<String> wanted = new ArrayList<>(FIRST.stream().filter(elements::contains).toList());
      elements.stream().filter(name -> !FIRST.contains(name)).sorted().forEach(wanted::add);
      assertEquals(wanted, elements);
      for (int i = 6; i < table.header().size(); i += 2) {
        assertEquals(table.header().get(i) + "_ATTRIBUTES", table.header().get(i + 1));
      }
    }
  }

  @Test
  void aFileHasAColumnBecauseItHasAValue() throws IOException {
    for (int index = 0; index < KINDS; index++) {
      StationTable table = table(index, 500);
      for (String element : table.elements()) {
        assertTrue(table.cells(element).stream().anyMatch(cell -> !cell.isEmpty()), element);
      }
    }
  }

  @Test
  void aRowExistsBecauseSomethingWasObserved() throws IOException {
    for (int index = 0; index < KINDS; index++) {
      for (List<String> row : table(index, 9_953).rows()) {
        assertTrue(row.subList(6, row.size()).stream().anyMatch(cell -> !cell.isEmpty()));
      }
    }
  }

  @Test
  void presentNumbersAreQuotedAndPaddedAndMissingOnesAreNothing() throws IOException {
    for (int index = 0; index < KINDS; index++) {
      StationTable table = table(index, 3_000);
      for (String element : table.elements()) {
        Pattern attributes =
            Pattern.compile(
                "[A-Z]?,[A-Z]?,[A-Za-z0-9]" + (TIMED.contains(element) ? ",(\\d{4})?" : ""));
        List<String> cells = table.cells(element);
        List<String> marks = table.cells(element + "_ATTRIBUTES");
        for (int row = 0; row < cells.size(); row++) {
          if (cells.get(row).isEmpty()) {
            assertEquals("", marks.get(row));
          } else {
            assertEquals(5, cells.get(row).length(), element);
            Integer.parseInt(cells.get(row).strip());
            assertTrue(
                attributes.matcher(marks.get(row)).matches(), element + " " + marks.get(row));
          }
        }
      }
      String text =
          new String(StationTable.bytes(4, index, CALENDAR, 3_000), StandardCharsets.US_ASCII);
      assertTrue(!text.contains(",\"\""), "an empty cell has no quotes");
      assertTrue(text.endsWith("\n"));
    }
  }

  @Test
  void namesHoldCommasAndPlacesStaySame() throws IOException {
    for (int index = 0; index < KINDS; index++) {
      StationTable table = table(index, 100);
      List<List<String>> places =
          table.rows().stream().map(row -> row.subList(2, 6)).distinct().toList();
      assertEquals(1, places.size());
      assertTrue(places.get(0).get(3).contains(","));
      assertTrue(places.get(0).get(0).matches("-?\\d+(\\.\\d*[1-9])?"), places.toString());
      assertEquals(11, table.rows().get(0).get(0).length());
    }
  }

  @Test
  void datesAscendInsideThePeriodAndReachBothEnds() throws IOException {
    for (int index = 0; index < KINDS; index++) {
      List<LocalDate> dates = table(index, 2_500).dates();
      for (int row = 1; row < dates.size(); row++) {
        assertTrue(dates.get(row - 1).isBefore(dates.get(row)));
      }
      assertTrue(dates.get(0).isBefore(LocalDate.of(1990, 1, 1)), dates.get(0).toString());
      assertTrue(dates.get(dates.size() - 1).isAfter(LocalDate.of(2013, 6, 1)));
    }
  }

  @Test
  void aStationOfEveryDayHasEveryDay() throws IOException {
    List<LocalDate> dates = table(0, CALENDAR.days()).dates();
    assertEquals(LocalDate.of(1988, 3, 1), dates.get(0));
    assertEquals(LocalDate.of(2015, 5, 31), dates.get(dates.size() - 1));
    assertEquals(CALENDAR.days(), dates.size());
  }

  private static StationTable table(int index, int rows) throws IOException {
    return StationTable.of(StationTable.bytes(4, index, CALENDAR, rows));
  }
}
