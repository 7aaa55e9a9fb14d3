package dev.almanac.transforms.column;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Grows a column of text from strings or from UTF-8 bytes, finding each value's dictionary code
 * without making a String of it: open addressing over the bytes seen so far.
 */
public final class StringAppender extends ColumnAppender {
  private static final int FIRST_SLOTS = 64;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  private int[] codes = new int[0];
  private List<String> dictionary = new ArrayList<>();
  private byte[] bytes = new byte[1024];
  private int[] starts = new int[FIRST_SLOTS];
  private int[] slots = emptySlots(FIRST_SLOTS);
  private int lastCode = StringColumn.NULL;

  public void append(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    int code = find(encoded, 0, encoded.length);
    int position = nextValid();
    codes[position] = code < 0 ? add(value, encoded, 0, encoded.length, ~code) : code;
  }

  /**
   * Appends the text of these bytes.
   *
   * @throws CharacterCodingException when they are not UTF-8; nothing is appended then
   */
  public void append(byte[] utf8, int offset, int length) throws CharacterCodingException {
    int code;
    if (lastCode >= 0 && holds(lastCode, utf8, offset, length)) {
      code = lastCode;
    } else {
      code = find(utf8, offset, length);
      if (code < 0) {
        String value = text(utf8, offset, length);
        code = add(value, utf8, offset, length, ~code);
      }
      lastCode = code;
    }
    int position = nextValid();
    codes[position] = code;
  }

  private String text(byte[] utf8, int offset, int length) throws CharacterCodingException {
    int signs = 0;
    for (int i = offset; i < offset + length; i++) {
      signs |= utf8[i];
    }
    return signs >= 0
        ? new String(utf8, offset, length, StandardCharsets.ISO_8859_1)
        : decoder.decode(ByteBuffer.wrap(utf8, offset, length)).toString();
  }

  /** The code of the value, or the complement of the free slot where it belongs. */
  private int find(byte[] utf8, int offset, int length) {
    int mask = slots.length - 1;
    int slot = hash(utf8, offset, length) & mask;
    while (slots[slot] >= 0) {
      if (holds(slots[slot], utf8, offset, length)) {
        return slots[slot];
      }
      slot = (slot + 1) & mask;
    }
    return ~slot;
  }

  private int add(String value, byte[] utf8, int offset, int length, int slot) {
    int code = dictionary.size();
    int start = starts[code];
    if (start + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(start + length, 2 * bytes.length));
    }
    System.arraycopy(utf8, offset, bytes, start, length);
    if (code + 2 > starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    starts[code + 1] = start + length;
    dictionary.add(value);
    slots[slot] = code;
    if (2 * dictionary.size() > slots.length) {
      rehash(2 * slots.length);
    }
    return code;
  }

  private void rehash(int capacity) {
    slots = emptySlots(capacity);
    int mask = capacity - 1;
    for (int code = 0; code < dictionary.size(); code++) {
      int slot = hash(bytes, starts[code], starts[code + 1] - starts[code]) & mask;
      while (slots[slot] >= 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = code;
    }
  }

  private boolean holds(int code, byte[] utf8, int offset, int length) {
    return Arrays.equals(bytes, starts[code], starts[code + 1], utf8, offset, offset + length);
  }

  private static int hash(byte[] utf8, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + utf8[i];
    }
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  private static int[] emptySlots(int capacity) {
    int[] empty = new int[capacity];
    Arrays.fill(empty, -1);
    return empty;
  }

  @Override
  void append(Object value) {
    append((String) value);
  }

  @Override
  int ensure(int wanted) {
    if (wanted > codes.length) {
      codes = Arrays.copyOf(codes, grown(codes.length, wanted));
    }
    return codes.length;
  }

  @Override
  void clear(int position) {
    codes[position] = StringColumn.NULL;
  }

  @Override
  Column take(int rows, Validity validity) {
    StringColumn column = new StringColumn(Arrays.copyOf(codes, rows), dictionary);
    dictionary = new ArrayList<>();
    slots = emptySlots(FIRST_SLOTS);
    lastCode = StringColumn.NULL;
    return column;
  }
}
