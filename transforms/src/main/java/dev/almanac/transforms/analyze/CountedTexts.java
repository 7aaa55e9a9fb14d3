package dev.almanac.transforms.analyze;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.column.TextTable;
import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * Texts with their counts, in a given order. Entries are made when they are asked for, so that
 * millions of them need no object each. A snapshot: later counting does not change it.
 */
public final class CountedTexts extends AbstractList<ValueCount> implements RandomAccess {
  private final TextTable texts;
  private final int[] order;
  private final long[] counts;

  /**
   * @param order numbers of the table's texts
   * @param counts one for each place in that order
   */
  CountedTexts(TextTable texts, int[] order, long[] counts) {
    this.texts = texts;
    this.order = order;
    this.counts = counts;
  }

  /** Holds the texts, those of this list among them. */
  public TextTable texts() {
    return texts;
  }

  /** The number that {@link #texts} gives the text at this place. */
  public int number(int place) {
    return order[place];
  }

  /** The count at this place. */
  public long count(int place) {
    return counts[place];
  }

  @Override
  public ValueCount get(int place) {
    return new ValueCount(texts.text(order[place]), counts[place]);
  }

  @Override
  public int size() {
    return order.length;
  }
}
