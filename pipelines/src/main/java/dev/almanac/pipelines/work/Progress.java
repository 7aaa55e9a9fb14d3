package dev.almanac.pipelines.work;

import dev.almanac.transforms.manifest.Dataset;

/** Where work says how far it is. Thread-safe. */
public interface Progress {
  /** Nobody hears. */
  Progress NONE =
      new Progress() {
        @Override
        public void line(String text) {}

        @Override
        public void step(String what, long done, long total, String unit, String note) {}
      };

  /** Something a person should read and can scroll back to. */
  void line(String text);

  /**
   * How far a piece of work is; call it as often as is convenient.
   *
   * @param what is being done, such as {@code epoch 3 of 20}; another text begins another piece
   * @param total of the unit, or 0 when it is not known
   * @param unit plural, such as {@code rows}
   * @param note shown behind, such as a loss; may be empty
   */
  void step(String what, long done, long total, String unit, String note);

  /** The dataset that work of several stages goes on with. */
  default void made(Dataset dataset) {}
}
