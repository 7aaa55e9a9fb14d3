package dev.almanac.transforms.column;

import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Distinct texts as UTF-8, numbered from 0 in the order in which they came: millions of them
 * without an object each.
 *
 * <p>A text takes its bytes and about ten more: a byte of length (more from 128 bytes on), its
 * place, and a slot of a hash table of open addressing whose spare bits hold a part of the hash. An
 * unpaired surrogate is a question mark. At most about 4 GiB. Not thread-safe while texts are
 * added.
 */
public final class TextTable {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PAGE_BITS = 20;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int MOST_PAGES = 1 << 32 - PAGE_BITS;
  private static final int FIRST_BYTES = 64;
  private static final int FIRST_SLOT_BITS = 4;
  private static final int MOST_LENGTH_BYTES = 5;

  /** No text crosses a page; one that is longer has a page of its own. */
  private byte[][] pages = {new byte[FIRST_BYTES]};

  private int page;
  private int end;

  /** The page and the offset in it, by number. */
  private int[] places = new int[8];

  /** The number and 1 in the low bits, bits of the hash above them; 0 where the slot is free. */
  private int[] slots = new int[1 << FIRST_SLOT_BITS];

  private int slotBits = FIRST_SLOT_BITS;
  private int size;

  /** How many texts there are. */
  public int size() {
    return size;
  }

  /** The number of a text, or -1 when it is not there. */
  public int find(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return find(utf8, 0, utf8.length);
  }

  /** The number of a text, or -1 when it is not there. */
  public int find(byte[] utf8, int from, int length) {
    return number(slot(utf8, from, length, hash(utf8, from, length)));
  }

  /** The number of a text, which is added when it is not there; the new one is the old size. */
  public int add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return add(utf8, 0, utf8.length);
  }

  /** The number of a text of another table, which is added when it is not there. */
  public int add(TextTable other, int number) {
    return add(other.page(number), other.from(number), other.length(number));
  }

  /** The number of a text, which is added when it is not there; the new one is the old size. */
  public int add(byte[] utf8, int from, int length) {
    int hash = hash(utf8, from, length);
    int slot = slot(utf8, from, length, hash);
    if (slots[slot] != 0) {
      return number(slot);
    }
    if (size == places.length) {
      places = Arrays.copyOf(places, size + (size >>> 1));
    }
    places[size] = store(utf8, from, length);
    slots[slot] = entry(size, hash);
    size++;
    if (size > slots.length - (slots.length >>> 2)) {
      rehash();
    }
    return size - 1;
  }

  private int slot(byte[] utf8, int from, int length, int hash) {
    int mask = slots.length - 1;
    int tag = hash & ~mask;
    int slot = hash & mask;
    while (slots[slot] != 0
        && !((slots[slot] & ~mask) == tag && holds(number(slot), utf8, from, length))) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  /** The number in a slot; -1 when the slot is free. */
  private int number(int slot) {
    return (slots[slot] & slots.length - 1) - 1;
  }

  private int entry(int number, int hash) {
    return hash & -slots.length | number + 1;
  }

  private boolean holds(int number, byte[] utf8, int from, int length) {
    int start = from(number);
    return length(number) == length
        && Arrays.equals(page(number), start, start + length, utf8, from, from + length);
  }

  private void rehash() {
    if (slotBits == 30) {
      throw new IllegalStateException(
          "Cannot hold more distinct texts: there are %s already".formatted(size));
    }
    slotBits++;
    slots = new int[1 << slotBits];
    int mask = slots.length - 1;
    for (int number = 0; number < size; number++) {
      int hash = hash(page(number), from(number), length(number));
      int slot = hash & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = entry(number, hash);
    }
  }

  private int store(byte[] utf8, int from, int length) {
    int wanted = length + MOST_LENGTH_BYTES;
    if (wanted > pages[page].length - end) {
      if (page == 0 && end + wanted <= PAGE) {
        pages[0] = Arrays.copyOf(pages[0], Math.min(PAGE, Math.max(end + wanted, 2 * end)));
      } else {
        turnPage(wanted);
      }
    }
    int place = page << PAGE_BITS | end;
    byte[] bytes = pages[page];
    int rest = length;
    while (rest > 0x7f) {
      bytes[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[end++] = (byte) rest;
    System.arraycopy(utf8, from, bytes, end, length);
    end += length;
    return place;
  }

  private void turnPage(int wanted) {
    page++;
    if (page == MOST_PAGES) {
      throw new IllegalStateException(
          "Cannot hold more than 4 GiB of distinct texts (%s texts so far)".formatted(size));
    }
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, Math.min(MOST_PAGES, 2 * pages.length));
    }
    pages[page] = new byte[Math.max(PAGE, wanted)];
    end = 0;
  }

  /** The array that holds a text's bytes. */
  byte[] page(int number) {
    return pages[places[number] >>> PAGE_BITS];
  }

  /** Where in its {@link #page} a text begins. */
  int from(int number) {
    byte[] bytes = page(number);
    int at = places[number] & PAGE - 1;
    while (bytes[at++] < 0) {}
    return at;
  }

  /** How many bytes of UTF-8 a text has. */
  public int length(int number) {
    byte[] bytes = page(number);
    int at = places[number] & PAGE - 1;
    int length = 0;
    int shift = 0;
    while (bytes[at] < 0) {
      length |= (bytes[at++] & 0x7f) << shift;
      shift += 7;
    }
    return length | bytes[at] << shift;
  }

  /** A text. */
  public String text(int number) {
    return new String(page(number), from(number), length(number), StandardCharsets.UTF_8);
  }

  /** Writes the UTF-8 of a text, and nothing else. */
  public void write(int number, DataOutput out) throws IOException {
    out.write(page(number), from(number), length(number));
  }

  /** Copies the UTF-8 of a text to a place in an array that has room for it. */
  public void copy(int number, byte[] into, int at) {
    System.arraycopy(page(number), from(number), into, at, length(number));
  }

  /** The numbers of all texts in the order of {@link String#compareTo}. */
  public int[] sorted() {
    return new TextOrder(this).numbers();
  }

  private static int hash(byte[] utf8, int from, int length) {
    long hash = length * 0x9E3779B97F4A7C15L;
    int at = from;
    int last = from + length;
    for (; last - at >= Long.BYTES; at += Long.BYTES) {
      hash = (hash ^ (long) LONGS.get(utf8, at)) * 0xBF58476D1CE4E5B9L;
      hash ^= hash >>> 32;
    }
    long rest = 0;
    for (; at < last; at++) {
      rest = rest << 8 | utf8[at] & 0xff;
    }
    hash = (hash ^ rest) * 0x94D049BB133111EBL;
    return (int) (hash ^ hash >>> 32);
  }

  /** Whether the other holds the same texts with the same numbers. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof TextTable that) || size != that.size) {
      return false;
    }
    for (int number = 0; number < size; number++) {
      if (!holds(number, that.page(number), that.from(number), that.length(number))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int all = size;
    for (int number = 0; number < size; number++) {
      all = 31 * all + hash(page(number), from(number), length(number));
    }
    return all;
  }
}
