package dev.almanac.transforms.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that somebody who mistyped most likely meant. */
public final class Suggestion {
  private Suggestion() {}

  /** The nearest word, when at most a third of the letters differ. */
  public static Optional<String> of(String typed, Collection<String> known) {
    return known.stream()
        .filter(
            word -> edits(typed, word) <= Math.max(1, Math.max(typed.length(), word.length()) / 3))
        .min(
            Comparator.comparingInt((String word) -> edits(typed, word))
                .thenComparing(word -> word));
  }

  /** Asks whether it was meant, behind a comma; empty where no word is near. */
  public static String question(String typed, Collection<String> known) {
    return of(typed, known).map(", did you mean '%s'?"::formatted).orElse("");
  }

  /** Letters to insert, delete, replace or swap with the next: Damerau and Levenshtein's. */
  private static int edits(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], 1 + edits[i - 2][j - 2]);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
