package dev.almanac.transforms.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  record Pair(int a, String b) {}

  private static final String TEXT =
      Stream.of(1, 2, 3).map(a -> Json.line(new Pair(a, "x")) + "\n").reduce("", String::concat);

  @Test
  void whereverTheEndIsTornOffAllWholeLinesAreReadAndTheLossIsSaid() {
    for (int end = 0; end <= TEXT.length(); end++) {
      String torn = TEXT.substring(0, end);
      JsonLines<Pair> lines = JsonLines.of(torn, Pair.class, "f.jsonl");
      // A line without its newline may be whole.
      String whole = torn.substring(0, torn.lastIndexOf('\n') + 1);
      boolean isWhole = torn.endsWith("}") || torn.equals(whole);
      int expected = (int) torn.lines().count() - (isWhole ? 0 : 1);
      assertEquals(expected, lines.values().size(), torn);
      assertEquals(isWhole ? torn : whole, lines.sound());
      assertEquals(isWhole ? 0 : 1, lines.damage().size());
    }
  }

  @Test
  void aDamagedLineCostsItselfAndIsNamed() {
    String damaged = TEXT.replaceFirst("2,", "2\u0000");
    JsonLines<Pair> lines = JsonLines.of(damaged, Pair.class, "runs/x/metrics.jsonl");
    assertEquals(List.of(new Pair(1, "x"), new Pair(3, "x")), lines.values());
    assertEquals(
        List.of("Line 2 of runs/x/metrics.jsonl cannot be read and is left out: damaged"),
        lines.damage());
    assertEquals(damaged, lines.sound(), "what stands before a sound line stays");
  }

  @Test
  void aLastLineOfZerosIsTornOff() {
    JsonLines<Pair> lines = JsonLines.of(TEXT + "\0\0\0", Pair.class, "f");
    assertEquals(3, lines.values().size());
    assertEquals(TEXT, lines.sound());
    assertTrue(lines.damage().get(0).startsWith("Line 4 of f"), lines.damage().toString());
  }
}
