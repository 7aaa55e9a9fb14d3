package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which class of train a label's text is.
 *
 * <p>A text is a class of its own. Only where all classes of train are plain decimals, such as 0,
 * 1.0 and -2.50, are texts that are the same number one class: nothing but zeros at the end of
 * their fractions differs. A decimal is plain without leading zeros, plus and exponent, with
 * {@value #MOST_DIGITS} digits at most.
 */
public final class ClassTexts {
  private static final int MOST_DIGITS = 15;
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?");

  private final Map<String, Integer> byText = new HashMap<>();

  /** Null where the texts themselves are the classes. */
  private final Map<BigDecimal, Integer> byValue;

  private ClassTexts(List<String> classes) {
    classes.forEach(name -> byText.put(name, byText.size()));
    Map<BigDecimal, Integer> values = new HashMap<>();
    for (String name : classes) {
      BigDecimal value = value(name);
      if (value == null || values.put(value, byText.get(name)) != null) {
        values = null;
        break;
      }
    }
    byValue = values;
  }

  /**
   * By the classes of train.
   *
   * @param classes in the order of their indices
   */
  static ClassTexts of(List<String> classes) {
    return new ClassTexts(classes);
  }

  /** The index of a text's class; -1 when train has no such class. */
  public int index(String text) {
    Integer index = byText.get(text);
    if (index == null && byValue != null) {
      BigDecimal value = value(text);
      index = value == null ? null : byValue.get(value);
    }
    return index == null ? -1 : index;
  }

  /**
   * The classes that texts of train come to, with all their rows. One with several texts has the
   * shortest that its number can have as its name.
   */
  static List<ValueCount> merged(List<ValueCount> texts) {
    Map<BigDecimal, ValueCount> classes = new LinkedHashMap<>();
    for (ValueCount text : texts) {
      BigDecimal value = value(text.value());
      if (value == null) {
        return texts;
      }
      classes.merge(
          value,
          text,
          (one, other) -> new ValueCount(value.toPlainString(), one.count() + other.count()));
    }
    return classes.size() == texts.size() ? texts : new ArrayList<>(classes.values());
  }

  /** Of a plain decimal, without zeros at the end of its fraction; null of other texts. */
  private static BigDecimal value(String text) {
    if (text.length() > MOST_DIGITS + 2 || !DECIMAL.matcher(text).matches()) {
      return null;
    }
    BigDecimal value = new BigDecimal(text);
    boolean negativeZero = value.signum() == 0 && text.charAt(0) == '-';
    boolean tooLong = text.chars().filter(Character::isDigit).count() > MOST_DIGITS;
    return negativeZero || tooLong ? null : value.stripTrailingZeros();
  }
}
