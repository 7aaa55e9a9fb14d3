package dev.almanac.transforms.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.StringColumn;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ValueCountsTest extends AnalyzerContract<ValueCounts> {
  @Override
  ValueCounts create() {
    return new ValueCounts();
  }

  @Override
  ValueCounts read(DataInput in) throws IOException {
    return ValueCounts.read(in);
  }

  @Override
  List<Column> columns() {
    Random random = new Random(2);
    return List.of(
        StringColumn.of(),
        StringColumn.of(null, null),
        StringColumn.of("", "a", null, "a", "\uD83D\uDE00", "\uFFFD", "\u00e9"),
        texts(5000, i -> random.nextInt(20) == 0 ? null : "v" + random.nextInt(300)),
        texts(3000, i -> "long " + "x".repeat(200) + i),
        new StringColumn(new int[] {2, 2, -1}, List.of("unused", "unused too", "used")));
  }

  @Test
  void countsAreThoseOfAPlainMap() {
    for (Column column : columns()) {
      StringColumn text = (StringColumn) column;
      ValueCounts counts = of(text);
      List<String> values =
          IntStream.range(0, text.rows()).mapToObj(text::value).filter(v -> v != null).toList();
      List<ValueCount> oracle =
          values.stream()
              .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
              .entrySet()
              .stream()
              .map(entry -> new ValueCount(entry.getKey(), entry.getValue()))
              .sorted((a, b) -> a.value().compareTo(b.value()))
              .toList();
      assertEquals(oracle, counts.byValue());
      assertEquals(oracle.size(), counts.distinct());
      assertEquals(values.size(), counts.count());
      assertEquals(text.nulls(), counts.nulls());
    }
  }

  @Test
  void theMostFrequentComesFirstAndTiesGoByString() {
    ValueCounts counts = of(StringColumn.of("b", "c", "a", "c", "b", "B", null));
    assertEquals(
        List.of("b", "c", "B", "a"), counts.byCount().stream().map(ValueCount::value).toList());
  }

  private static StringColumn texts(int rows, IntFunction<String> cells) {
    return StringColumn.of(
        Stream.iterate(0, i -> i < rows, i -> i + 1).map(cells::apply).toArray(String[]::new));
  }
}
