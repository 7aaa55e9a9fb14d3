package dev.almanac.transforms.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void tenNamesAreShownAndTheRestAreCounted() {
    List<String> names = IntStream.range(0, 100_000).mapToObj(i -> "c" + i).toList();
    assertEquals("[c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, ... and 99990 more]", Names.of(names));
    assertEquals(names.subList(0, 10).toString(), Names.of(names.subList(0, 10)));
    assertEquals("[]", Names.of(List.of()));
    assertTrue(Names.of("x".repeat(10_000)).length() < 200);
  }

  @Test
  void whatCanBeReadStaysAndAllElseIsEscaped() {
    assertEquals("Größe 気温 \uD83D\uDE00", Printable.line("Größe 気温 \uD83D\uDE00"));
    assertEquals("a\\u001b[31mb\\tc\\nd", Printable.line("a\u001b[31mb\tc\nd"));
    assertEquals("\\ud83d", Printable.line("\uD83D"));
    assertEquals("ab... (3 characters more)", Printable.line("abcde", 2));
    assertEquals("a... (2 characters more)", Printable.line("a\uD83D\uDE00", 2));
  }

  @Test
  void noTextLeavesACharacterThatIsNotShown() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 20; j++) {
        text.append((char) random.nextInt(1 << 16));
      }
      String line = Printable.line(text.toString());
      assertTrue(
          line.codePoints()
              .noneMatch(
                  c ->
                      Character.isISOControl(c)
                          || Character.getType(c) == Character.SURROGATE
                          || c < 1 << 16 && Character.getType(c) == Character.FORMAT
                          || Character.getType(c) == Character.LINE_SEPARATOR),
          line);
    }
  }
}
