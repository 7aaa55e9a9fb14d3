package dev.almanac.transforms.analyze;

import dev.almanac.transforms.column.Column;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a fit needs to know of one column: an analyzer of each kind asked for. Not thread-safe. */
public final class ColumnStatistics {
  /** All kinds in an order of their own; the place of a kind is its bit in what is written. */
  private static final List<Class<?>> KINDS =
      Arrays.stream(Analyzer.class.getPermittedSubclasses())
          .sorted(Comparator.comparing(Class::getSimpleName))
          .toList();

  /** By the place of their kind. */
  private final Map<Integer, Analyzer<?>> analyzers = new TreeMap<>();

  private ColumnStatistics() {}

  /** Analyzers that have seen nothing. */
  static ColumnStatistics none(Collection<Class<? extends Analyzer<?>>> kinds) {
    ColumnStatistics none = new ColumnStatistics();
    kinds.forEach(kind -> none.analyzers.put(KINDS.indexOf(kind), create(kind)));
    return none;
  }

  /** These analyzers, of a kind each. */
  public static ColumnStatistics with(Analyzer<?>... analyzers) {
    ColumnStatistics some = new ColumnStatistics();
    for (Analyzer<?> analyzer : analyzers) {
      some.analyzers.put(KINDS.indexOf(analyzer.getClass()), analyzer);
    }
    return some;
  }

  private static Analyzer<?> create(Class<?> kind) {
    try {
      return (Analyzer<?>) kind.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make a " + kind.getSimpleName(), e);
    }
  }

  /**
   * The analyzer of this kind.
   *
   * @throws IllegalArgumentException when nobody asked for it
   */
  public <A extends Analyzer<A>> A of(Class<A> kind) {
    Analyzer<?> found = analyzers.get(KINDS.indexOf(kind));
    if (found == null) {
      throw new IllegalArgumentException(
          "Cannot find %s of a column: a step must ask for them".formatted(kind.getSimpleName()));
    }
    return kind.cast(found);
  }

  /** Whether there is an analyzer of this kind. */
  public boolean has(Class<? extends Analyzer<?>> kind) {
    return analyzers.containsKey(KINDS.indexOf(kind));
  }

  void add(Column column) {
    analyzers.values().forEach(analyzer -> analyzer.add(column));
  }

  /** Whether no cell held a value. */
  public boolean isEmpty() {
    return analyzers.values().stream().allMatch(analyzer -> analyzer.count() == 0);
  }

  /** A bit for each kind. */
  int parts() {
    return analyzers.keySet().stream().mapToInt(place -> 1 << place).sum();
  }

  void merge(ColumnStatistics other) {
    analyzers.forEach((place, analyzer) -> merge(analyzer, other.analyzers.get(place)));
  }

  @SuppressWarnings("unchecked") // Both are of the kind at one place.
  private static <A extends Analyzer<A>> void merge(Analyzer<?> mine, Analyzer<?> other) {
    ((A) mine).merge((A) other);
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(parts());
    for (Analyzer<?> analyzer : analyzers.values()) {
      analyzer.write(out);
    }
  }

  /** Adds what another wrote behind its parts, which are the same. */
  void merge(DataInput in) throws IOException {
    for (Analyzer<?> analyzer : analyzers.values()) {
      analyzer.merge(in);
    }
  }

  static ColumnStatistics read(DataInput in) throws IOException {
    int parts = in.readByte();
    ColumnStatistics read = new ColumnStatistics();
    for (int place = 0; place < KINDS.size(); place++) {
      if ((parts >> place & 1) == 1) {
        read.analyzers.put(place, create(KINDS.get(place)));
      }
    }
    read.merge(in);
    return read;
  }
}
