package dev.almanac.transforms.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/** Text of numbers, made once for each different one. */
final class DistinctTexts {
  private DistinctTexts() {}

  /** A column of the text of each key that is valid. */
  static StringColumn of(long[] keys, Validity validity, LongFunction<String> text) {
    int[] codes = new int[keys.length];
    List<String> dictionary = new ArrayList<>();
    int[] slots = empty(64);
    long[] seen = new long[32];
    for (int row = 0; row < keys.length; row++) {
      if (!validity.isValid(row)) {
        codes[row] = StringColumn.NULL;
        continue;
      }
      int slot = find(keys[row], slots, seen);
      if (slots[slot] < 0) {
        slots[slot] = dictionary.size();
        seen[dictionary.size()] = keys[row];
        codes[row] = dictionary.size();
        dictionary.add(text.apply(keys[row]));
        if (dictionary.size() == seen.length) {
          seen = Arrays.copyOf(seen, 2 * seen.length);
          slots = rehashed(seen, dictionary.size());
        }
      } else {
        codes[row] = slots[slot];
      }
    }
    return new StringColumn(codes, dictionary);
  }

  private static int find(long key, int[] slots, long[] seen) {
    int mask = slots.length - 1;
    // The highest bits of the product: whole numbers, as doubles, have nothing but zeros below.
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> Long.numberOfLeadingZeros(mask));
    while (slots[slot] >= 0 && seen[slots[slot]] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int[] rehashed(long[] seen, int size) {
    int[] slots = empty(2 * seen.length);
    for (int code = 0; code < size; code++) {
      slots[find(seen[code], slots, seen)] = code;
    }
    return slots;
  }

  private static int[] empty(int size) {
    int[] slots = new int[size];
    Arrays.fill(slots, -1);
    return slots;
  }
}
