package dev.almanac.transforms.analyze;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.StringColumn;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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

  void hundredsOfThousandsOfValuesAreThoseOfAPlainMapInAnyOrderOfMerging() throws IOException {
    Random random = new Random(9);
    Map<String, Long> oracle = new TreeMap<>();
    List<byte[]> written = new ArrayList<>();
    for (int part = 0; part < 12; part++) {
      ValueCounts counts = new ValueCounts();
      for (int batch = 0; batch < 4; batch++) {
        StringColumn column =
            texts(8192, i -> "customer-" + Long.toString(random.nextInt(200_000) * 7919L, 36));
        counts.add(column);
        for (int row = 0; row < column.rows(); row++) {
          oracle.merge(column.value(row), 1L, Long::sum);
        }
      }
      written.add(bytes(counts));
    }
    byte[] first = null;
    for (int round = 0; round < 3; round++) {
      Collections.shuffle(written, random);
      ValueCounts merged = new ValueCounts();
      for (byte[] part : written) {
        merged.merge(new DataInputStream(new ByteArrayInputStream(part)));
      }
      first = first == null ? bytes(merged) : first;
      assertArrayEquals(first, bytes(merged));
      assertEquals(
          oracle.entrySet().stream().map(e -> new ValueCount(e.getKey(), e.getValue())).toList(),
          merged.byValue());
      assertEquals(
          merged.byValue().stream()
              .sorted(Comparator.comparingLong(ValueCount::count).reversed())
              .toList(),
          merged.byCount());
    }
  }

  @Test
  void anOrderOnceTakenDoesNotChange() {
    ValueCounts counts = of(StringColumn.of("b", "a", "b"));
    List<ValueCount> before = counts.byCount();
    counts.add(StringColumn.of("a", "a", "c"));
    assertEquals(List.of(new ValueCount("b", 2), new ValueCount("a", 1)), before);
  }

  private static StringColumn texts(int rows, IntFunction<String> cells) {
    return StringColumn.of(
        Stream.iterate(0, i -> i < rows, i -> i + 1).map(cells::apply).toArray(String[]::new));
  }
}
