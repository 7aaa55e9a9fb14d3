package dev.almanac.pipelines.report.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How often each class was predicted for each class. */
public final class ConfusionMatrix {
  static final String OTHERS = "(others)";

  private final List<String> classes;
  private final long[][] counts;

  ConfusionMatrix(List<String> classes) {
    this.classes = List.copyOf(classes);
    this.counts = new long[classes.size()][classes.size()];
  }

  void add(int actual, int predicted) {
    counts[actual][predicted]++;
  }

  public List<String> classes() {
    return classes;
  }

  public long count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** Rows of a class. */
  public long actual(int index) {
    return IntStream.range(0, classes.size()).mapToLong(i -> counts[index][i]).sum();
  }

  /** Rows that were predicted to be of a class. */
  public long predicted(int index) {
    return IntStream.range(0, classes.size()).mapToLong(i -> counts[i][index]).sum();
  }

  /** This matrix with all but the most frequent classes as one, so that it has at most so many. */
  public ConfusionMatrix largest(int most) {
    if (classes.size() <= most) {
      return this;
    }
    List<Integer> kept =
        IntStream.range(0, classes.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> -actual(i)))
            .limit(most - 1L)
            .sorted()
            .toList();
    List<String> names = new ArrayList<>(kept.stream().map(classes::get).toList());
    names.add(OTHERS);
    ConfusionMatrix smaller = new ConfusionMatrix(names);
    int[] target = new int[classes.size()];
    for (int i = 0; i < target.length; i++) {
      target[i] = kept.contains(i) ? kept.indexOf(i) : most - 1;
    }
    for (int i = 0; i < target.length; i++) {
      for (int j = 0; j < target.length; j++) {
        smaller.counts[target[i]][target[j]] += counts[i][j];
      }
    }
    return smaller;
  }
}
