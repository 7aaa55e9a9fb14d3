package dev.almanac.benchmarks.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassFiguresTest {
  @Test
  void aLineIsReadBack() {
    PassFigures figures = new PassFigures(true, 5_242_880, 0.421875, 0.5, 2_622_154.438);
    assertEquals(figures, PassFigures.parse(figures.toString()));
    PassFigures unsummed = new PassFigures(false, 7, 0.25, 0.5, Double.NaN);
    assertEquals("pass 7 0.250000 0.500000 nan", unsummed.toString());
    assertEquals(unsummed, PassFigures.parse(unsummed.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "loading ...", "a word of four others here", "pass 1 2"})
  void whatElseAProcessPrintsIsNone(String line) {
    assertNull(PassFigures.parse(line));
  }
}
