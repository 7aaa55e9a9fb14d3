package dev.almanac.transforms.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LabelEncoderTest {
  @Test
  void aNumberKeepsItsOwnUnit() {
    assertArrayEquals(
        new float[] {123f, -5f}, regression().encode(LongColumn.of(123, -5)).values());
    assertArrayEquals(new float[] {0.1f}, regression().encode(DoubleColumn.of(0.1)).values());
  }

  @Test
  void aNumberBeyondFloatsIsAnError() {
    FitException refused =
        assertThrows(FitException.class, () -> regression().encode(DoubleColumn.of(1, 1e39)));
    assertEquals(
        "Cannot encode label 'Y': it must fit a 32-bit float (1.0E39); scale it by a feature step",
        refused.getMessage());
  }

  @Test
  void classesThatAreNumbersGoByNumberAndOthersByString() {
    assertEquals(List.of("-1", "2", "10"), ordered("10", "2", "-1"));
    assertEquals(List.of("0.5", "1.0E10", "2.0E10"), ordered("2.0E10", "0.5", "1.0E10"));
    assertEquals(List.of("10", "2", "x"), ordered("x", "10", "2"));
  }

  @Test
  void aClassIsItsIndex() {
    LabelEncoder encoder = classes("rain", "snow", "sun");
    assertArrayEquals(
        new float[] {2f, 0f, 1f}, encoder.encode(StringColumn.of("sun", "rain", "snow")).values());
    assertArrayEquals(new float[] {1f, 0f}, classes("0", "1").encode(LongColumn.of(1, 0)).values());
  }

  @Test
  void aClassThatTrainLacksIsNamed() {
    FitException refused =
        assertThrows(
            FitException.class,
            () -> classes("rain", "sun").encode(StringColumn.of("sun", "fog", "rain")));
    assertEquals(
        "Cannot encode label 'Y': class 'fog' is not in the train split (classes: [rain, sun])",
        refused.getMessage());
  }

  @Test
  void classesThatTrainLacksHaveLabelsBelowZeroOnceTheyAreKnown() {
    LabelEncoder encoder = classes("rain", "sun");
    StringColumn cells = StringColumn.of("sun", "hail", "fog", "rain");
    assertArrayEquals(
        new float[] {1, -2, -1, 0}, encoder.encode(cells, List.of("fog", "hail")).values());
    assertArrayEquals(new int[] {0, 3}, encoder.known(cells));
  }

  @Test
  void plainDecimalsThatAreTheSameNumberAreOneClass() {
    List<ValueCount> classes =
        LabelEncoder.classes(
            Stream.of("0", "0.0", "1", "1.00", "2.50", "100.0")
                .map(text -> new ValueCount(text, 2))
                .toList());
    assertEquals(
        List.of(
            new ValueCount("0", 4),
            new ValueCount("1", 4),
            new ValueCount("2.50", 2),
            new ValueCount("100.0", 2)),
        classes);
    LabelEncoder encoder = new LabelEncoder("Y", LabelKind.MULTICLASS, null, classes);
    StringColumn cells = StringColumn.of("1.0", "2.5", "0.000", "100", "01", "1");
    assertArrayEquals(
        new float[] {1, 2, 0, 3, -1, 1}, encoder.encode(cells, List.of("01")).values());
    assertArrayEquals(new int[] {0, 1, 2, 3, 5}, encoder.known(cells));
  }

  @Test
  void aMissingLabelIsAnError() {
    FitException refused =
        assertThrows(
            FitException.class, () -> classes("a", "b").encode(StringColumn.of("a", null)));
    assertEquals(
        "Cannot encode label 'Y': rows without one must be dropped first (1 of 2)",
        refused.getMessage());
  }

  private static LabelEncoder regression() {
    Moments moments = new Moments();
    moments.add(LongColumn.of(1, 2));
    return new LabelEncoder(
        "Y", LabelKind.REGRESSION, NumericSummary.of(ColumnStatistics.with(moments)), null);
  }

  private static LabelEncoder classes(String... names) {
    return new LabelEncoder(
        "Y",
        LabelKind.MULTICLASS,
        null,
        Stream.of(names).map(name -> new ValueCount(name, 1)).toList());
  }

  private static List<String> ordered(String... names) {
    List<ValueCount> classes = Stream.of(names).map(name -> new ValueCount(name, 1)).toList();
    return LabelEncoder.ordered(classes).stream().map(ValueCount::value).toList();
  }
}
