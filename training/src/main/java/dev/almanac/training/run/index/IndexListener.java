package dev.almanac.training.run.index;

/** Is told what takes time while runs are read. Called by one thread at a time. */
public interface IndexListener {
  /** Hears nothing. */
  IndexListener NONE =
      new IndexListener() {
        @Override
        public void note(String text) {}

        @Override
        public void read(long done, long total) {}
      };

  /** Something a person should know. */
  void note(String text);

  /** So many runs of those that must be read have been. */
  void read(long done, long total);
}
