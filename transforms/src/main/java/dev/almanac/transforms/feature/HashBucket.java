package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.feature.lift.CellFunction;
import dev.almanac.transforms.schema.ColumnDemand;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A category from 0 to {@code buckets - 1} by the hash of a cell's text; null stays null.
 *
 * <p>The hash is MurmurHash3 x86_32 with seed 0 over the UTF-8 bytes of the cell's {@link
 * Column#asText text}, read as an unsigned number, modulo {@code buckets}: the same on every
 * machine, and in every other implementation of that hash.
 *
 * @param column of any type
 * @param buckets how many categories, 1 or more
 * @param into the new column, a nominal one
 */
public record HashBucket(String column, int buckets, String into) implements RowFeature {
  public HashBucket {
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets must be 1 or more (%s)".formatted(buckets));
    }
  }

  @Override
  public boolean losesCells() {
    return false;
  }

  @Override
  public void demand(StepDemands demands) {
    demands.ask(column, ColumnDemand.TEXT);
    demands.makes(into);
  }

  @Override
  public void bind(Binder binder) {
    int modulus = buckets;
    binder
        .any(column)
        .ifPresentOrElse(
            field ->
                binder.derive(
                    null,
                    into,
                    ColumnType.LONG,
                    field.nullable(),
                    Role.NOMINAL,
                    List.of(field),
                    (CellFunction.TextToLong)
                        cell -> (long) Integer.remainderUnsigned(hash(cell), modulus)),
            () -> binder.failed(column, into));
  }

  /** MurmurHash3 x86_32, seed 0 (Austin Appleby, 2011), of the text's UTF-8 bytes. */
  static int hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int hash = 0;
    int whole = bytes.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      int block =
          (bytes[i] & 0xff)
              | (bytes[i + 1] & 0xff) << 8
              | (bytes[i + 2] & 0xff) << 16
              | bytes[i + 3] << 24;
      hash = Integer.rotateLeft(hash ^ mixed(block), 13) * 5 + 0xe6546b64;
    }
    int tail = 0;
    for (int i = bytes.length - 1; i >= whole; i--) {
      tail = tail << 8 | bytes[i] & 0xff;
    }
    hash ^= mixed(tail) ^ bytes.length;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int mixed(int block) {
    return Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
  }
}
