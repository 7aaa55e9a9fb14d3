package dev.almanac.transforms.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.ValueCounts;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What scikit-learn's OneHotEncoder is documented to do, by hand. */
class OneHotTest {
  private static CategoryEncoder fitted(OneHot step, Column train) {
    ValueCounts counts = new ValueCounts();
    counts.add(train);
    return step.fit("X", ColumnStatistics.with(counts));
  }

  private static List<String> names(CategoryEncoder encoder) {
    return encoder.outputs().stream().map(Output::name).toList();
  }

  /** The numbers of each row. */
  private static float[][] rows(CategoryEncoder encoder, Column cells) {
    List<Column> columns = encoder.encode(cells);
    float[][] rows = new float[cells.rows()][columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      for (int row = 0; row < rows.length; row++) {
        rows[row][i] = ((FloatColumn) columns.get(i)).values()[row];
      }
    }
    return rows;
  }

  @Test
  void eachCategoryHasANumberTheMostFrequentFirst() {
    CategoryEncoder encoder = fitted(new OneHot(), StringColumn.of("b", "a", "b", "c", "a", "b"));
    assertEquals(List.of("X=b", "X=a", "X=c"), names(encoder));
    assertArrayEquals(
        new float[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}},
        rows(encoder, StringColumn.of("c", "b", "a")));
  }

  @Test
  void whatTrainHasNotIsZerosAllThrough() {
    CategoryEncoder encoder = fitted(new OneHot(), StringColumn.of("a", "b"));
    assertArrayEquals(
        new float[][] {{0, 0}, {0, 0}, {0, 0}}, rows(encoder, StringColumn.of("c", null, "")));
  }

  @Test
  void rareValuesShareANumberWithThoseThatTrainHasNot() {
    StringColumn train = StringColumn.of("a", "a", "b", "b", "b", "c", "d");
    for (OneHot step : List.of(new OneHot(2L, null), new OneHot(null, 2))) {
      CategoryEncoder encoder = fitted(step, train);
      assertEquals(List.of("X=b", "X=a", "X.other"), names(encoder));
      assertArrayEquals(
          new float[][] {{0, 0, 1}, {0, 0, 1}, {0, 1, 0}, {0, 0, 0}},
          rows(encoder, StringColumn.of("c", "never seen", "a", null)));
    }
  }

  @Test
  void missingCellsHaveANumberWhereTrainHasSome() {
    CategoryEncoder encoder = fitted(new OneHot(), StringColumn.of("a", null, "a"));
    assertEquals(List.of("X=a", "X.missing"), names(encoder));
    assertArrayEquals(
        new float[][] {{0, 1}, {1, 0}, {0, 0}}, rows(encoder, StringColumn.of(null, "a", "b")));
  }

  @Test
  void categoriesOfAnyTypeAreNamedByTheirTexts() {
    assertEquals(List.of("X=7", "X=-1"), names(fitted(new OneHot(), LongColumn.of(7, -1, 7))));
    assertEquals(List.of("X=1970-01-11"), names(fitted(new OneHot(), LongColumn.dates(10))));
  }

  @Test
  void namesOfOddTextsCanBeSeenAndTellThemApart() {
    String[] odd = {
      "",
      " ",
      "\n",
      "\\u000a",
      "\\",
      "\u200b",
      "\ufeff",
      "é",
      "e\u0301",
      "a=b",
      ".other",
      "😀",
      "x".repeat(500),
      "x".repeat(501),
      "x".repeat(99) + "😀",
      "x".repeat(99) + "😀y"
    };
    List<String> names = names(fitted(new OneHot(), StringColumn.of(odd)));
    assertEquals(odd.length, new HashSet<>(names).size());
    for (String name : names) {
      assertTrue(name.length() < 200, name);
      assertTrue(
          name.codePoints().noneMatch(unit -> Character.isISOControl(unit) || unit == 0x200b),
          name);
    }
    assertTrue(names.containsAll(List.of("X=", "X=\\u000a", "X=\\u005cu000a", "X=é", "X=😀")));
  }

  @Test
  void moreCategoriesThanColumnsAreHeldAreRefused() {
    StringColumn many =
        StringColumn.of(IntStream.range(0, 1025).mapToObj(i -> "c" + i).toArray(String[]::new));
    assertEquals(1025, names(fitted(new OneHot(null, 1024), many)).size());
    assertEquals(
        "Cannot fit column 'X': one-hot makes a column of each category, at most 1024 (1025); set its max-size, or choose another step",
        assertThrows(FitException.class, () -> fitted(new OneHot(), many)).getMessage());
  }
}
