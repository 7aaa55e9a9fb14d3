package dev.almanac.transforms.analyze;

/** How often each 64-bit key occurred: open addressing, no object a key. Not thread-safe. */
final class LongCounts {
  /** Takes a key and its count. */
  @FunctionalInterface
  interface Visitor {
    void visit(long key, long count);
  }

  private long[] keys = new long[64];
  private long[] counts = new long[64];
  private int size;

  int size() {
    return size;
  }

  void add(long key, long count) {
    int slot = slot(key);
    if (counts[slot] == 0) {
      keys[slot] = key;
      size++;
    }
    counts[slot] += count;
    if (2 * size > keys.length) {
      grow();
    }
  }

  /** In no order. */
  void forEach(Visitor visitor) {
    for (int slot = 0; slot < keys.length; slot++) {
      if (counts[slot] != 0) {
        visitor.visit(keys[slot], counts[slot]);
      }
    }
  }

  long count(long key) {
    return counts[slot(key)];
  }

  long[] keys() {
    long[] found = new long[size];
    int next = 0;
    for (int slot = 0; slot < keys.length; slot++) {
      if (counts[slot] != 0) {
        found[next++] = keys[slot];
      }
    }
    return found;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    // The highest bits of the product: whole numbers, as doubles, have nothing but zeros below.
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> Long.numberOfLeadingZeros(mask));
    while (counts[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    keys = new long[2 * oldKeys.length];
    counts = new long[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
      }
    }
  }
}
