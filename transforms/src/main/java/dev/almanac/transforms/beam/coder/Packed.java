package dev.almanac.transforms.beam.coder;

import java.io.Serializable;
import org.apache.beam.sdk.util.SerializableUtils;

/**
 * A value that a DoFn carries to its workers, serialized once.
 *
 * <p>Engines serialize and clone a DoFn dozens of times while they plan and start; walking a plan
 * with all its columns each time took longer than small work itself. Here each copy is an array.
 * Thread-safe.
 */
public final class Packed<T extends Serializable> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;
  private transient volatile T value;

  private Packed(byte[] bytes) {
    this.bytes = bytes;
  }

  public static <T extends Serializable> Packed<T> of(T value) {
    return new Packed<>(SerializableUtils.serializeToByteArray(value));
  }

  /** An equal value, the same one at each call on this copy. */
  @SuppressWarnings("unchecked")
  public T value() {
    T unpacked = value;
    if (unpacked == null) {
      unpacked = (T) SerializableUtils.deserializeFromByteArray(bytes, "a packed value");
      value = unpacked;
    }
    return unpacked;
  }
}
