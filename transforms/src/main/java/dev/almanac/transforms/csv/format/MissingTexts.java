package dev.almanac.transforms.csv.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The texts that mean a missing cell, once the blanks around a cell are cut off; one that is a
 * number means every cell of that value in columns of numbers.
 *
 * @param anywhere in every column
 * @param byColumn further ones in single columns
 */
public record MissingTexts(
    @JsonProperty("nulls") List<String> anywhere,
    @JsonProperty("null-values") Map<String, List<String>> byColumn)
    implements Serializable {
  public MissingTexts {
    anywhere = List.copyOf(anywhere);
    Map<String, List<String>> copied = new TreeMap<>();
    byColumn.forEach((column, texts) -> copied.put(column, List.copyOf(texts)));
    byColumn = Collections.unmodifiableMap(copied);
  }

  /** All of them in a column. */
  List<String> in(String column) {
    List<String> own = byColumn.get(column);
    if (own == null) {
      return anywhere;
    }
    List<String> all = new ArrayList<>(anywhere);
    all.addAll(own);
    return all;
  }

  /** What is wrong with them; empty when nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    addProblems(anywhere, "", problems);
    byColumn.forEach(
        (column, texts) -> addProblems(texts, " of column '%s'".formatted(column), problems));
    return problems;
  }

  private static void addProblems(List<String> texts, String of, List<String> problems) {
    for (String text : texts) {
      if (!text.equals(text.strip())) {
        problems.add("a null text%s has no blanks around it ('%s')".formatted(of, text));
      }
    }
  }
}
