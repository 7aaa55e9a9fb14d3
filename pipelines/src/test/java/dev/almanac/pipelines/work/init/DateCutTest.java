package dev.almanac.pipelines.work.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DateCutTest {
  @Test
  void eachPartOfAnyDatesHasRows() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 5_000; round++) {
      TreeMap<Long, Long> days = new TreeMap<>();
      int distinct = random.nextInt(3, 40);
      long span = 1L << random.nextInt(6, 15);
      while (days.size() < distinct) {
        days.merge(random.nextLong(span), 1L << random.nextInt(0, 12), Long::sum);
      }
      DateCut cut = DateCut.of(days);
      String shown = "%s of %s".formatted(cut, days);
      assertTrue(!days.headMap(cut.validation().toEpochDay()).isEmpty(), shown);
      assertTrue(
          !days.subMap(cut.validation().toEpochDay(), cut.test().toEpochDay()).isEmpty(), shown);
      assertTrue(!days.tailMap(cut.test().toEpochDay()).isEmpty(), shown);
    }
  }

  @Test
  void yearsAreCutAtNewYear() {
    TreeMap<Long, Long> days = new TreeMap<>();
    LocalDate first = LocalDate.of(1990, 1, 1);
    for (LocalDate day = first; day.getYear() < 2020; day = day.plusDays(1)) {
      days.put(day.toEpochDay(), 3L);
    }
    DateCut cut = DateCut.of(days);
    assertEquals(LocalDate.of(2011, 1, 1), cut.validation());
    assertEquals(LocalDate.of(2016, 1, 1), cut.test());
    assertEquals(70, cut.shares().get(0));
  }

  @Test
  void twoDaysAreTooFew() {
    TreeMap<Long, Long> days = new TreeMap<>();
    days.put(1L, 10L);
    days.put(2L, 10L);
    assertNull(DateCut.of(days));
  }
}
