package dev.almanac.transforms.parquet.write;

/** The small encodings that parquet pages are made of. All numbers are little-endian. */
final class PageBytes {
  private PageBytes() {}

  /** An unsigned LEB128 number, then room for {@code more} bytes. */
  static byte[] withVarInt(int value, int more) {
    int length = 1;
    for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
      length++;
    }
    byte[] bytes = new byte[length + more];
    int rest = value;
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (rest & 0x7F | (i < length - 1 ? 0x80 : 0));
      rest >>>= 7;
    }
    return bytes;
  }

  /** The bytes behind their length in four bytes. */
  static byte[] withLength(byte[] bytes) {
    byte[] prefixed = new byte[4 + bytes.length];
    putInt(prefixed, 0, bytes.length);
    System.arraycopy(bytes, 0, prefixed, 4, bytes.length);
    return prefixed;
  }

  static void putInt(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >>> 8);
    bytes[at + 2] = (byte) (value >>> 16);
    bytes[at + 3] = (byte) (value >>> 24);
  }

  static byte[] ofInt(int value) {
    byte[] bytes = new byte[4];
    putInt(bytes, 0, value);
    return bytes;
  }

  static byte[] ofLong(long value) {
    byte[] bytes = new byte[8];
    putInt(bytes, 0, (int) value);
    putInt(bytes, 4, (int) (value >>> 32));
    return bytes;
  }
}
