package dev.almanac.transforms.fit;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transforms that this process holds, by their hashes: the workers of one process encode with
 * one copy of a large vocabulary. An entry goes when memory is short. Thread-safe.
 */
final class SharedTransforms {
  private static final Map<String, SoftReference<FittedTransform>> HELD = new ConcurrentHashMap<>();

  private SharedTransforms() {}

  /** The transform of this hash, or null. */
  static FittedTransform find(String hash) {
    SoftReference<FittedTransform> held = HELD.get(hash);
    return held == null ? null : held.get();
  }

  static void hold(FittedTransform transform) {
    HELD.values().removeIf(held -> held.get() == null);
    HELD.put(transform.hash(), new SoftReference<>(transform));
  }
}
