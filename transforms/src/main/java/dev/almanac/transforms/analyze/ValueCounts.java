package dev.almanac.transforms.analyze;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.StringColumn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each text occurs in a column, and how many cells are null: what vocabularies and
 * classes are made of.
 */
public final class ValueCounts implements Analyzer<ValueCounts> {
  private String[] values = new String[64];
  private long[] counts = new long[64];
  private int size;
  private long nulls;
  private long count;

  /** A text and how often it occurred. */
  public record ValueCount(String value, long count) implements Serializable {}

  /** How many cells held a value. */
  public long count() {
    return count;
  }

  public long nulls() {
    return nulls;
  }

  /** How many values are different. */
  public int distinct() {
    return size;
  }

  /** The values in the order of {@link String#compareTo}. */
  public List<ValueCount> byValue() {
    return sorted(Comparator.comparing(ValueCount::value));
  }

  /** The values by count, the greatest first, and equal counts by {@link String#compareTo}. */
  public List<ValueCount> byCount() {
    return sorted(
        Comparator.comparingLong(ValueCount::count).reversed().thenComparing(ValueCount::value));
  }

  private List<ValueCount> sorted(Comparator<ValueCount> order) {
    return IntStream.range(0, values.length)
        .filter(slot -> values[slot] != null)
        .mapToObj(slot -> new ValueCount(values[slot], counts[slot]))
        .sorted(order)
        .toList();
  }

  /**
   * Adds every row.
   *
   * @throws IllegalArgumentException when the column does not hold text
   */
  @Override
  public void add(Column column) {
    if (!(column instanceof StringColumn text)) {
      throw new IllegalArgumentException(
          "Cannot count values: the column must hold text (%s)"
              .formatted(column.getClass().getSimpleName()));
    }
    long[] byCode = new long[text.dictionary().size()];
    for (int code : text.codes()) {
      if (code < 0) {
        nulls++;
      } else {
        byCode[code]++;
      }
    }
    for (int code = 0; code < byCode.length; code++) {
      if (byCode[code] != 0) {
        add(text.dictionary().get(code), byCode[code]);
      }
    }
  }

  private void add(String value, long times) {
    int slot = slot(value);
    if (values[slot] == null) {
      values[slot] = value;
      size++;
    }
    counts[slot] += times;
    count += times;
    if (2 * size > values.length) {
      grow();
    }
  }

  private int slot(String value) {
    int mask = values.length - 1;
    int hash = value.hashCode() * 0x9E3779B9;
    int slot = (hash ^ hash >>> 16) & mask;
    while (values[slot] != null && !values[slot].equals(value)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    String[] oldValues = values;
    long[] oldCounts = counts;
    values = new String[2 * oldValues.length];
    counts = new long[2 * oldValues.length];
    for (int i = 0; i < oldValues.length; i++) {
      if (oldValues[i] != null) {
        int slot = slot(oldValues[i]);
        values[slot] = oldValues[i];
        counts[slot] = oldCounts[i];
      }
    }
  }

  @Override
  public void merge(ValueCounts other) {
    nulls += other.nulls;
    for (int slot = 0; slot < other.values.length; slot++) {
      if (other.values[slot] != null) {
        add(other.values[slot], other.counts[slot]);
      }
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Compact.writeLong(out, nulls);
    Compact.writeInt(out, size);
    String[] sorted = new String[size];
    int next = 0;
    for (String value : values) {
      if (value != null) {
        sorted[next++] = value;
      }
    }
    Arrays.sort(sorted);
    for (String value : sorted) {
      Compact.writeText(out, value);
      Compact.writeLong(out, counts[slot(value)]);
    }
  }

  public static ValueCounts read(DataInput in) throws IOException {
    ValueCounts read = new ValueCounts();
    read.nulls = Compact.readLong(in);
    for (int left = Compact.readInt(in); left > 0; left--) {
      read.add(Compact.readText(in), Compact.readLong(in));
    }
    return read;
  }
}
