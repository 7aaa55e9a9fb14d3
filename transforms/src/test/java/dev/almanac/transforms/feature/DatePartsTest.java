package dev.almanac.transforms.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DatePartsTest {
  private static final long[] DAYS =
      LongStream.concat(
              LongStream.of(0, -1, LocalDate.of(2000, 2, 29).toEpochDay(), -200_000, 200_000),
              new Random(1).longs(3000, -60_000, 60_000))
          .toArray();

  @Test
  void partsAreThoseOfTheCalendar() {
    ColumnBatch computed = computed(DatePart.values());
    for (int row = 0; row < DAYS.length; row++) {
      LocalDate date = LocalDate.ofEpochDay(DAYS[row]);
      assertEquals(date.get(ChronoField.YEAR), whole(computed, "D.year", row));
      assertEquals(date.get(ChronoField.MONTH_OF_YEAR), whole(computed, "D.month", row));
      assertEquals(date.get(ChronoField.DAY_OF_MONTH), whole(computed, "D.day-of-month", row));
      assertEquals(date.get(ChronoField.DAY_OF_WEEK), whole(computed, "D.day-of-week", row));
      assertEquals(date.get(ChronoField.DAY_OF_YEAR), whole(computed, "D.day-of-year", row));
    }
  }

  @Test
  void cyclicPartsLieOnACircleThatTurnsOnceACycle() {
    ColumnBatch computed = computed(DatePart.values());
    for (int row = 0; row < DAYS.length; row++) {
      LocalDate date = LocalDate.ofEpochDay(DAYS[row]);
      turned((date.getMonthValue() - 1) / 12.0, computed, "D.month", row);
      turned((date.getDayOfMonth() - 1.0) / date.lengthOfMonth(), computed, "D.day-of-month", row);
      turned((date.getDayOfWeek().getValue() - 1) / 7.0, computed, "D.day-of-week", row);
      turned((date.getDayOfYear() - 1) / 365.2425, computed, "D.day-of-year", row);
    }
  }

  @Test
  void newYearsEveAndNewYearsDayAreNeighbors() {
    ColumnBatch computed =
        computed(
            new long[] {
              LocalDate.of(2019, 12, 31).toEpochDay(), LocalDate.of(2020, 1, 1).toEpochDay()
            },
            DatePart.DAY_OF_YEAR_SIN,
            DatePart.DAY_OF_YEAR_COS);
    for (String part : List.of("D.day-of-year-sin", "D.day-of-year-cos")) {
      double[] cells = ((DoubleColumn) computed.column(part)).values();
      assertEquals(cells[1], cells[0], 2 * Math.PI / 200);
    }
  }

  @Test
  void anUnknownPartNamesTheKnownOnes() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> DatePart.of("weekday")).getMessage();
    assertTrue(message.startsWith("Cannot read date part 'weekday': known parts are [year, month"));
  }

  private static void turned(double turn, ColumnBatch computed, String part, int row) {
    double[] sine = ((DoubleColumn) computed.column(part + "-sin")).values();
    double[] cosine = ((DoubleColumn) computed.column(part + "-cos")).values();
    assertEquals(Math.sin(2 * Math.PI * turn), sine[row], 1e-15);
    assertEquals(Math.cos(2 * Math.PI * turn), cosine[row], 1e-15);
  }

  private static long whole(ColumnBatch computed, String name, int row) {
    return ((LongColumn) computed.column(name)).values()[row];
  }

  private static ColumnBatch computed(DatePart... parts) {
    return computed(DAYS, parts);
  }

  private static ColumnBatch computed(long[] days, DatePart... parts) {
    ColumnBatch batch =
        FeatureStepsTest.batch(
            FeatureStepsTest.field("D", ColumnType.DATE), LongColumn.dates(days));
    return FeaturePlan.of(batch.schema(), List.of(new DateParts("D", parts))).apply(batch);
  }
}
