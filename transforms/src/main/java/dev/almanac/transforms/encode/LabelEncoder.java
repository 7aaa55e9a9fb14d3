package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.StringColumn;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The label as it was learned: a number in its own unit, or the index of a class.
 *
 * @param statistics of train; null for classes
 * @param classes of train in the order of their indices, with their counts; null for regression
 */
public record LabelEncoder(
    String column, LabelKind kind, NumericSummary statistics, List<ValueCount> classes)
    implements Serializable {
  private static final int SHOWN_CLASSES = 20;

  public LabelEncoder {
    classes = classes == null ? null : List.copyOf(classes);
  }

  /** The classes that texts of train come to, in order. */
  public static List<ValueCount> classes(List<ValueCount> texts) {
    return ordered(ClassTexts.merged(texts));
  }

  /** By number when every class is one, else by {@link String#compareTo}. */
  static List<ValueCount> ordered(List<ValueCount> classes) {
    if (!classes.stream().allMatch(entry -> isNumber(entry.value()))) {
      return classes.stream().sorted(Comparator.comparing(ValueCount::value)).toList();
    }
    return classes.stream()
        .sorted(
            Comparator.comparing((ValueCount entry) -> new BigDecimal(entry.value()))
                .thenComparing(ValueCount::value))
        .toList();
  }

  /** The text of each class, by index. */
  public List<String> classNames() {
    return classes.stream().map(ValueCount::value).toList();
  }

  /** Which class a text is. */
  public ClassTexts texts() {
    return ClassTexts.of(classNames());
  }

  /**
   * The label of each row.
   *
   * @throws FitException when one is missing, is no class of train or does not fit a float
   */
  public FloatColumn encode(Column cells) {
    return encode(cells, List.of());
  }

  /**
   * The label of each row.
   *
   * @param unknown classes that are none of train and have the labels -1 and down
   * @throws FitException when one is missing, is no class of either kind or does not fit a float
   */
  public FloatColumn encode(Column cells, List<String> unknown) {
    if (cells.nulls() > 0) {
      throw new FitException(
          "Cannot encode label '%s': rows without one must be dropped first (%s of %s)"
              .formatted(column, cells.nulls(), cells.rows()));
    }
    return new FloatColumn(kind.isClasses() ? indices(cells.asText(), unknown) : numbers(cells));
  }

  private float[] numbers(Column cells) {
    double[] values = cells.numbers();
    float[] numbers = new float[values.length];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = (float) values[row];
      if (Float.isInfinite(numbers[row])) {
        throw new FitException(
            "Cannot encode label '%s': it must fit a 32-bit float (%s); scale it by a feature step"
                .formatted(column, cells.text(row)));
      }
    }
    return numbers;
  }

  /** The rows whose class is one of train. */
  public int[] known(Column cells) {
    ClassTexts known = texts();
    StringColumn texts = cells.asText();
    boolean[] byCode = new boolean[texts.dictionary().size()];
    for (int code = 0; code < byCode.length; code++) {
      byCode[code] = known.index(texts.dictionary().get(code)) >= 0;
    }
    return IntStream.range(0, texts.rows()).filter(row -> byCode[texts.codes()[row]]).toArray();
  }

  /** The classes of rows that are none of train, each once. */
  public Set<String> unknown(Column cells) {
    ClassTexts known = texts();
    StringColumn texts = cells.asText();
    return IntStream.of(texts.codes())
        .distinct()
        .mapToObj(code -> texts.dictionary().get(code))
        .filter(text -> known.index(text) < 0)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private float[] indices(StringColumn texts, List<String> unknown) {
    ClassTexts known = texts();
    Map<String, Integer> others = new HashMap<>();
    for (int i = 0; i < unknown.size(); i++) {
      others.put(unknown.get(i), -1 - i);
    }
    Integer[] byCode = new Integer[texts.dictionary().size()];
    for (int code = 0; code < byCode.length; code++) {
      String text = texts.dictionary().get(code);
      int index = known.index(text);
      byCode[code] = index < 0 ? others.get(text) : Integer.valueOf(index);
    }
    float[] indices = new float[texts.rows()];
    for (int row = 0; row < indices.length; row++) {
      Integer index = byCode[texts.codes()[row]];
      if (index == null) {
        throw new FitException(
            "Cannot encode label '%s': class '%s' is not in the train split (classes: %s)"
                .formatted(
                    column, texts.value(row), classNames().stream().limit(SHOWN_CLASSES).toList()));
      }
      indices[row] = index;
    }
    return indices;
  }

  private static boolean isNumber(String text) {
    try {
      new BigDecimal(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
