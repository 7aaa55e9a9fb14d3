package dev.almanac.transforms.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CountTest {
  @Test
  void oneIsSingularAndAllElsePlural() {
    assertEquals("0 rows", Count.of(0, "row"));
    assertEquals("1 row", Count.of(1, "row"));
    assertEquals("2 rows", Count.of(2, "row"));
    assertEquals("1 file holds", Count.of(1, "file holds", "files hold"));
    assertEquals("1001 files hold", Count.of(1001, "file holds", "files hold"));
  }
}
