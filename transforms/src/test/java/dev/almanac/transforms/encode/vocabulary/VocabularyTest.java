package dev.almanac.transforms.encode.vocabulary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.transforms.analyze.ValueCounts;
import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.encode.Index;
import dev.almanac.transforms.encode.NominalEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static final StringColumn TRAIN =
      StringColumn.of("b", "a", "c", "a", null, "b", "d", "a");

  @Test
  void nullUnknownAndValuesHaveIndicesOfTheirOwn() {
    Vocabulary vocabulary = fitted(new Index());
    assertEquals(6, vocabulary.cardinality());
    assertArrayEquals(
        new int[] {0, 2, 3, 4, 5, 1, 1},
        vocabulary.indices(StringColumn.of(null, "a", "b", "c", "d", "e", "")));
  }

  @Test
  void rareValuesAndThoseBeyondTheSizeAreUnknown() {
    assertEquals(List.of("a", "b"), values(fitted(new Index(2L, null))));
    assertEquals(List.of("a"), values(fitted(new Index(null, 1))));
    assertEquals(List.of("a", "b", "c"), values(fitted(new Index(1L, 3))));
    assertEquals(1, fitted(new Index(2L, null)).index("c"));
  }

  @Test
  void categoriesOfAnyTypeAreTheirTexts() {
    ValueCounts counts = new ValueCounts();
    counts.add(StringColumn.of("12", "12", "-1", "0.5", "0.5", "0.5", "1970-01-11"));
    NominalEncoder encoder = new NominalEncoder("X", List.of(), 7, 0, 4L, new Index().fit(counts));
    assertArrayEquals(new int[] {3, 4, 1}, encoder.indices(LongColumn.of(12, -1, 5)));
    assertArrayEquals(new int[] {2, 1}, encoder.indices(DoubleColumn.of(0.5, 12)));
    assertArrayEquals(new int[] {5, 1}, encoder.indices(LongColumn.dates(10, 11)));
  }

  @Test
  void aValueIsThereOnce() {
    List<ValueCount> twice = List.of(new ValueCount("a", 2), new ValueCount("a", 1));
    assertEquals(
        "Cannot make a vocabulary: it holds 'a' twice",
        assertThrows(IllegalArgumentException.class, () -> new Vocabulary(twice)).getMessage());
  }

  private static Vocabulary fitted(Index index) {
    ValueCounts counts = new ValueCounts();
    counts.add(TRAIN);
    return index.fit(counts);
  }

  private static List<String> values(Vocabulary vocabulary) {
    return vocabulary.entries().stream().map(ValueCount::value).toList();
  }
}
