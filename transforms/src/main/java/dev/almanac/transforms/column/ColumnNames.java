package dev.almanac.transforms.column;

import dev.almanac.transforms.problem.Names;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Names of columns in messages: which there are, and which one was likely meant. */
public final class ColumnNames {
  private ColumnNames() {}

  /** The first names, and how many more there are. */
  public static String listed(Collection<String> names) {
    return Names.listed(names);
  }

  /** The name that was likely meant, as the end of a message; empty when none is near. */
  public static String suggestion(String asked, Collection<String> names) {
    return nearest(asked, names)
        .map(name -> "; did you mean '%s'?".formatted(Names.of(name)))
        .orElse("");
  }

  /** That no column has the name that was asked for. */
  public static String absent(String asked, Collection<String> names) {
    return "there is no column '%s', neither in the source nor made by a feature step (columns: %s%s)"
        .formatted(asked, listed(names), suggestion(asked, names));
  }

  /** A name that differs in case, blanks and punctuation alone. */
  public static Optional<String> alike(String asked, Collection<String> names) {
    String plain = plain(asked);
    return names.stream()
        .filter(name -> !name.equals(asked) && !plain.isEmpty() && plain(name).equals(plain))
        .min(Comparator.naturalOrder());
  }

  /** A name that is alike, or else the one with the fewest other letters, a third at most. */
  public static Optional<String> nearest(String asked, Collection<String> names) {
    return alike(asked, names)
        .or(
            () ->
                names.stream()
                    .filter(name -> Math.abs(name.length() - asked.length()) <= asked.length())
                    .filter(name -> edits(asked, name) <= most(asked, name))
                    .min(
                        Comparator.comparingInt((String name) -> edits(asked, name))
                            .thenComparing(name -> name)));
  }

  private static int most(String asked, String name) {
    return Math.max(1, Math.max(asked.length(), name.length()) / 3);
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** Letters to insert, delete or replace: Levenshtein's. */
  private static int edits(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] now = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
      }
      int[] swap = before;
      before = now;
      now = swap;
    }
    return before[b.length()];
  }
}
