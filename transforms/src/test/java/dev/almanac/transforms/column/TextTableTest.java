package dev.almanac.transforms.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void numbersAreThoseOfAPlainMap() {
    Random random = new Random(3);
    TextTable table = new TextTable();
    Map<String, Integer> oracle = new LinkedHashMap<>();
    for (int i = 0; i < 300_000; i++) {
      String text = random.nextInt(100) == 0 ? any(random) : "id-" + random.nextInt(200_000);
      int expected = oracle.getOrDefault(text, oracle.size());
      oracle.put(text, expected);
      assertEquals(expected, table.add(text));
    }
    assertEquals(oracle.size(), table.size());
    oracle.forEach(
        (text, number) -> {
          assertEquals(number, table.find(text));
          assertEquals(text, table.text(number));
          assertEquals(text.getBytes(StandardCharsets.UTF_8).length, table.length(number));
        });
    IntStream.range(200_000, 300_000).forEach(i -> assertEquals(-1, table.find("id-" + i)));
  }

  @Test
  void textsOfAnyLengthAreKept() {
    TextTable table = new TextTable();
    List<String> texts = new ArrayList<>();
    for (int length : new int[] {0, 1, 127, 128, 16_383, 16_384, 1 << 20, 3 << 20, 5, 900_000}) {
      texts.add("x".repeat(length));
      texts.add("y".repeat(length) + "!");
    }
    texts.forEach(table::add);
    for (int number = 0; number < texts.size(); number++) {
      assertEquals(texts.get(number), table.text(number));
      assertEquals(number, table.find(texts.get(number)));
    }
  }

  @Test
  void sortedIsTheOrderOfStrings() {
    Random random = new Random(4);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      texts.add(any(random));
      texts.add("a common prefix, longer than a key: " + any(random));
    }
    for (int i = 0; i < 200; i++) {
      texts.add("p".repeat(i));
      texts.add("p".repeat(7) + "\0".repeat(i));
    }
    List<String> distinct = texts.stream().distinct().toList();
    TextTable table = new TextTable();
    distinct.forEach(table::add);
    assertEquals(
        distinct.stream().sorted().toList(),
        Arrays.stream(table.sorted()).mapToObj(table::text).toList());
  }

  @Test
  void tablesAreEqualWhenNumbersAre() {
    TextTable table = of("a", "b");
    assertEquals(of("a", "b"), table);
    assertEquals(of("a", "b").hashCode(), table.hashCode());
    assertNotEquals(of("b", "a"), table);
    assertNotEquals(of("a"), table);
  }

  private static TextTable of(String... texts) {
    TextTable table = new TextTable();
    for (String text : texts) {
      table.add(text);
    }
    return table;
  }

  /** Short text of code points around every border of UTF-8 and UTF-16. */
  private static String any(Random random) {
    int[] borders = {0, 'a', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xefff, 0xffff, 0x10000};
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(12); left > 0; left--) {
      int border = borders[random.nextInt(borders.length)];
      text.appendCodePoint(random.nextInt(9) == 0 ? 0x10ffff - random.nextInt(3) : border);
    }
    return text.toString();
  }
}
