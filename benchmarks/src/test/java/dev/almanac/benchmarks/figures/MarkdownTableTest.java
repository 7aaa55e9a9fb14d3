package dev.almanac.benchmarks.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MarkdownTableTest {
  @Test
  void cellsCannotBreakTheTable() {
    assertEquals(
        """
        | name | figure |
        |---|---:|
        | a | 1 |
        | b | line; an\\|other |
        | c |  |
        """,
        new MarkdownTable("name", "figure")
            .row("a", 1)
            .row("b", "line\n  an|other")
            .row("c")
            .toString());
  }
}
