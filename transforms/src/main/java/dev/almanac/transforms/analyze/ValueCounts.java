package dev.almanac.transforms.analyze;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.RadixSort;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TextTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How often each text occurs in a column, and how many cells are null: what vocabularies and
 * classes are made of. A different text takes its UTF-8 and about 20 bytes.
 */
public final class ValueCounts implements Analyzer<ValueCounts> {
  private final TextTable values = new TextTable();

  /** By the number of the value. */
  private long[] counts = new long[8];

  private long nulls;
  private long count;

  /** A text and how often it occurred. */
  public record ValueCount(String value, long count) implements Serializable {}

  /** How many cells held a value. */
  @Override
  public long count() {
    return count;
  }

  public long nulls() {
    return nulls;
  }

  /** How many values are different. */
  public int distinct() {
    return values.size();
  }

  /** The values in the order of {@link String#compareTo}. */
  public CountedTexts byValue() {
    return inOrder(values.sorted());
  }

  /** The values by count, the greatest first, and equal counts by {@link String#compareTo}. */
  public CountedTexts byCount() {
    int[] order = values.sorted();
    long[] rarest = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      rarest[i] = ~counts[order[i]];
    }
    RadixSort.sort(order, rarest);
    return inOrder(order);
  }

  private CountedTexts inOrder(int[] order) {
    long[] ordered = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      ordered[i] = counts[order[i]];
    }
    return new CountedTexts(values, order, ordered);
  }

  /** Adds the text of every row. */
  @Override
  public void add(Column column) {
    StringColumn text = column.asText();
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
        add(values.add(text.dictionary().get(code)), byCode[code]);
      }
    }
  }

  private void add(int value, long times) {
    if (value >= counts.length) {
      counts = Arrays.copyOf(counts, value + (value >>> 1));
    }
    counts[value] += times;
    count += times;
  }

  @Override
  public void merge(ValueCounts other) {
    nulls += other.nulls;
    for (int value = 0; value < other.values.size(); value++) {
      add(values.add(other.values, value), other.counts[value]);
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Compact.writeLong(out, nulls);
    Compact.writeInt(out, values.size());
    for (int value : values.sorted()) {
      Compact.writeInt(out, values.length(value));
      values.write(value, out);
      Compact.writeLong(out, counts[value]);
    }
  }

  @Override
  public void merge(DataInput in) throws IOException {
    nulls += Compact.readLong(in);
    byte[] utf8 = new byte[64];
    for (int left = Compact.readInt(in); left > 0; left--) {
      int length = Compact.readInt(in);
      if (length > utf8.length) {
        utf8 = new byte[Math.max(length, 2 * utf8.length)];
      }
      in.readFully(utf8, 0, length);
      add(values.add(utf8, 0, length), Compact.readLong(in));
    }
  }

  public static ValueCounts read(DataInput in) throws IOException {
    ValueCounts read = new ValueCounts();
    read.merge(in);
    return read;
  }
}
