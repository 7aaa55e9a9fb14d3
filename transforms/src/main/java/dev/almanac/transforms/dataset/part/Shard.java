package dev.almanac.transforms.dataset.part;

import dev.almanac.transforms.split.Split;

/**
 * Rows of one split that are put in order together.
 *
 * @param number from 0
 */
public record Shard(Split split, int number) {
  /** The shard of this {@link #key}. */
  public static Shard of(int key) {
    Split[] splits = Split.values();
    return new Shard(splits[key % splits.length], key / splits.length);
  }

  /** One number for it. */
  public int key() {
    return number * Split.values().length + split.ordinal();
  }
}
