package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.column.StringColumn;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The categories that have an index of their own, in that order. Immutable and thread-safe. */
public final class Vocabulary implements Serializable {
  /** The index of null. */
  public static final int NULL = 0;

  /** The index of a value that is not in the vocabulary. */
  public static final int UNKNOWN = 1;

  /** The index of the first value. */
  public static final int FIRST = 2;

  private final List<ValueCount> entries;
  private final transient Map<String, Integer> indices;

  /**
   * @throws IllegalArgumentException when a value is there twice
   */
  public Vocabulary(List<ValueCount> entries) {
    this.entries = List.copyOf(entries);
    this.indices = new HashMap<>(2 * entries.size());
    for (ValueCount entry : this.entries) {
      if (indices.put(entry.value(), FIRST + indices.size()) != null) {
        throw new IllegalArgumentException(
            "Cannot make a vocabulary: it holds '%s' twice".formatted(entry.value()));
      }
    }
  }

  /** The values in the order of their indices, with their counts in train. */
  public List<ValueCount> entries() {
    return entries;
  }

  public int size() {
    return entries.size();
  }

  /** How many indices there are, those of null and unknown included. */
  public int cardinality() {
    return FIRST + size();
  }

  /** The index of a value, which may be null. */
  public int index(String value) {
    return value == null ? NULL : indices.getOrDefault(value, UNKNOWN);
  }

  /** The index of each row; each distinct value is looked up once. */
  int[] indices(StringColumn column) {
    int[] byCode = new int[column.dictionary().size()];
    for (int code = 0; code < byCode.length; code++) {
      byCode[code] = index(column.dictionary().get(code));
    }
    int[] found = column.codes().clone();
    for (int row = 0; row < found.length; row++) {
      found[row] = found[row] < 0 ? NULL : byCode[found[row]];
    }
    return found;
  }

  private Object readResolve() {
    return new Vocabulary(entries);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return "Vocabulary[%d values]".formatted(size());
  }
}
