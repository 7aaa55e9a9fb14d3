package dev.almanac.transforms.staging;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.analyze.ValueCounts;
import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.encode.ClassTexts;
import dev.almanac.transforms.encode.LabelEncoder;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.Notice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is to be said of texts of a label that are a class with another text. */
public final class ClassesByValue {
  private ClassesByValue() {}

  /**
   * At most one notice.
   *
   * @param train the statistics of train
   * @param others the classes of validation and test
   */
  public static List<Notice> notices(
      LabelEncoder label, FitAccumulator train, List<ClassRows> others) {
    if (!label.kind().isClasses()) {
      return List.of();
    }
    ClassTexts texts = label.texts();
    List<String> names = label.classNames();
    Predicate<String> isAnother =
        text -> texts.index(text) >= 0 && !names.get(texts.index(text)).equals(text);
    Map<String, Long> rows = new TreeMap<>();
    for (ValueCount text : train.statistics(label.column()).of(ValueCounts.class).byValue()) {
      if (isAnother.test(text.value())) {
        rows.put(text.value(), text.count());
      }
    }
    others.stream()
        .filter(each -> isAnother.test(each.name()))
        .forEach(each -> rows.merge(each.name(), each.rows(), Long::sum));
    if (rows.isEmpty()) {
      return List.of();
    }
    String first =
        rows.keySet().stream()
            .limit(Names.MOST)
            .map(text -> "'%s' is class '%s'".formatted(text, names.get(texts.index(text))))
            .collect(Collectors.joining(", "));
    return List.of(
        new Notice(
            Notice.Kind.CLASSES_BY_VALUE,
            label.column(),
            rows.values().stream().mapToLong(Long::longValue).sum(),
            "texts of label '%s' that are the same number are one class: %s%s"
                .formatted(
                    Names.of(label.column()),
                    first,
                    rows.size() > Names.MOST
                        ? " and %s more".formatted(rows.size() - Names.MOST)
                        : ""),
            List.of()));
  }
}
