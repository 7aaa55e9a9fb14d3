package dev.almanac.transforms.column;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sorts the texts of a table by {@link String#compareTo} without making strings of them.
 *
 * <p>A radix sort by seven bytes at a time, after Bentley and Sedgewick's sorting of strings by
 * their parts (1997): only texts that agree so far are looked at further. UTF-8 sorts by code
 * point; UTF-16, which strings compare, puts the code points from U+10000 on before U+E000, so the
 * two lead bytes of U+E000 to U+FFFF are moved behind theirs.
 */
final class TextOrder {
  private static final int KEY_BYTES = 7;

  /** Ends a key whose text goes on behind it. */
  private static final int GOES_ON = KEY_BYTES + 1;

  /** So few texts are compared with one another instead. */
  private static final int FEW = 32;

  private final TextTable texts;
  private final int[] numbers;
  private final long[] keys;
  private final RadixSort sort;

  /** Texts that agree in so many first bytes. */
  private record Group(int from, int to, int depth) {}

  TextOrder(TextTable texts) {
    this.texts = texts;
    this.numbers = new int[texts.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    this.keys = new long[numbers.length];
    this.sort = new RadixSort(numbers, keys);
  }

  int[] numbers() {
    Deque<Group> groups = new ArrayDeque<>();
    groups.push(new Group(0, numbers.length, 0));
    while (!groups.isEmpty()) {
      Group group = groups.pop();
      if (group.to - group.from <= FEW) {
        insert(group);
      } else {
        for (int i = group.from; i < group.to; i++) {
          keys[i] = key(numbers[i], group.depth);
        }
        sort.sort(group.from, group.to);
        pushEqual(group, groups);
      }
    }
    return numbers;
  }

  private void pushEqual(Group group, Deque<Group> groups) {
    int from = group.from;
    while (from < group.to) {
      long key = keys[from];
      int to = from + 1;
      while (to < group.to && keys[to] == key) {
        to++;
      }
      if (to - from > 1 && (key & 0xff) == GOES_ON) {
        groups.push(new Group(from, to, group.depth + KEY_BYTES));
      }
      from = to;
    }
  }

  private void insert(Group group) {
    for (int i = group.from + 1; i < group.to; i++) {
      int moved = numbers[i];
      int at = i;
      while (at > group.from && compare(numbers[at - 1], moved, group.depth) > 0) {
        numbers[at] = numbers[at - 1];
        at--;
      }
      numbers[at] = moved;
    }
  }

  private int compare(int left, int right, int depth) {
    for (int at = depth; ; at += KEY_BYTES) {
      long mine = key(left, at);
      long other = key(right, at);
      if (mine != other) {
        return Long.compareUnsigned(mine, other);
      }
      if ((mine & 0xff) != GOES_ON) {
        return 0;
      }
    }
  }

  /** Seven bytes, zeros behind the end, and how many there were. */
  private long key(int number, int depth) {
    byte[] bytes = texts.page(number);
    int from = texts.from(number) + depth;
    int left = texts.length(number) - depth;
    long key = 0;
    for (int i = 0; i < KEY_BYTES; i++) {
      key = key << 8 | (i < left ? rank(bytes[from + i] & 0xff) : 0);
    }
    return key << 8 | Math.min(left, GOES_ON);
  }

  private static int rank(int unit) {
    return (unit & 0xfe) == 0xee ? unit + 8 : unit;
  }
}
