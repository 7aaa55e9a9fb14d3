package dev.almanac.transforms.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.ValueCounts;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.problem.RefusedException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashedOneHotTest {
  private static CategoryEncoder fitted(HashedOneHot step, Column train) {
    ValueCounts counts = new ValueCounts();
    counts.add(train);
    return step.fit("X", ColumnStatistics.with(counts));
  }

  /** The columns in which each row has a 1. */
  private static List<List<String>> ones(CategoryEncoder encoder, Column cells) {
    List<Column> columns = encoder.encode(cells);
    return IntStream.range(0, cells.rows())
        .mapToObj(
            row ->
                IntStream.range(0, columns.size())
                    .filter(i -> ((FloatColumn) columns.get(i)).values()[row] != 0)
                    .mapToObj(i -> encoder.outputs().get(i).name())
                    .toList())
        .toList();
  }

  /** Hashes of MurmurHash3's own implementation: hello 613153351, test 3127628307. */
  @Test
  void aTextHasTheBucketThatEveryImplementationOfTheHashGivesIt() {
    CategoryEncoder encoder = fitted(new HashedOneHot(7, null), StringColumn.of("never again"));
    assertEquals(
        List.of(List.of("X#" + 613153351 % 7), List.of("X#" + 3127628307L % 7), List.of("X#0")),
        ones(encoder, StringColumn.of("hello", "test", "")));
  }

  @Test
  void thereIsANumberForEachBucketWhateverTrainHolds() {
    for (Column train : List.of(StringColumn.of("a"), StringColumn.of("a", "b", "c", "d"))) {
      assertEquals(
          List.of("X#0", "X#1", "X#2"),
          fitted(new HashedOneHot(3, null), train).outputs().stream().map(Output::name).toList());
    }
  }

  @Test
  void missingCellsHaveANumberWhereTrainHasSome() {
    assertEquals(
        List.of(List.of()),
        ones(
            fitted(new HashedOneHot(3, null), StringColumn.of("a")),
            StringColumn.of((String) null)));
    assertEquals(
        List.of(List.of("X.missing")),
        ones(
            fitted(new HashedOneHot(3, null), StringColumn.of("a", null)),
            StringColumn.of((String) null)));
  }

  @Test
  void anotherSeedIsAnotherHash() {
    StringColumn texts =
        StringColumn.of(IntStream.range(0, 50).mapToObj(i -> "t" + i).toArray(String[]::new));
    List<List<String>> first = ones(fitted(new HashedOneHot(16, null), texts), texts);
    assertEquals(first, ones(fitted(new HashedOneHot(16, 0), texts), texts));
    assertNotEquals(first, ones(fitted(new HashedOneHot(16, 1), texts), texts));
  }

  @Test
  void numbersHashByTheirTexts() {
    CategoryEncoder encoder = fitted(new HashedOneHot(1000, null), LongColumn.of(12));
    assertEquals(ones(encoder, StringColumn.of("12", "-3")), ones(encoder, LongColumn.of(12, -3)));
  }

  @Test
  void driftIsOfTheFullestBuckets() {
    String[] texts = new String[3000];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = "t" + (int) Math.sqrt(i);
    }
    CategoryEncoder encoder = fitted(new HashedOneHot(40, null), StringColumn.of(texts));
    ReferenceColumn reference = encoder.reference();
    assertEquals(ReferenceColumn.MOST + 2, reference.counts().size());
    assertEquals(3000, reference.present());
    assertEquals(0L, reference.counts().get(ReferenceColumn.MOST + 1));
    for (int i = 1; i < ReferenceColumn.MOST; i++) {
      assertTrue(reference.counts().get(i - 1) >= reference.counts().get(i));
    }
    StringColumn cells = StringColumn.of("t54", null);
    int[] places = encoder.places(reference, cells, encoder.encode(cells));
    String bucket = ones(encoder, cells).get(0).get(0).substring(1);
    assertEquals(reference.categories().indexOf(bucket), places[0]);
    assertArrayEquals(new int[] {places[0], -1}, places);
  }

  @Test
  void bucketsAreFromTwoToAThousand() {
    for (int buckets : new int[] {-1, 1, 1025}) {
      assertEquals(
          "buckets must be from 2 to 1024 (%s)".formatted(buckets),
          assertThrows(RefusedException.class, () -> new HashedOneHot(buckets, null)).getMessage());
    }
  }
}
