package dev.almanac.training.run;

/**
 * Is told how training goes, and may stop it, on the thread that trains: a slow listener slows
 * training down.
 *
 * <p>Listeners that do not care for something leave it out.
 */
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener NONE = new ProgressListener() {};

  /** A run begins, or goes on; its record is on disk. */
  default void started(Run run) {}

  /** A run is over for now, in the state that its record, which is on disk, says. */
  default void ended(Run run) {}

  /** Something to know: which device was taken, why training ended. */
  default void note(String text) {}

  /** Where training stands, a few times a second. */
  default void step(Progress progress) {}

  /** Whether training should write its state at the next step and stop. */
  default boolean wantsStop() {
    return false;
  }

  /** An epoch is over. */
  default void epoch(EpochRecord epoch) {}

  /**
   * Where training stands.
   *
   * @param epoch from 1
   * @param epochs the most there may be
   * @param step of this epoch, from 1
   * @param steps of this epoch
   * @param trainLoss mean over the rows of this epoch so far
   * @param rowsPerSecond of this epoch so far
   * @param rows trained on since the training began or went on
   * @param waitSeconds of that time in which it waited for rows
   * @param secondsLeft until the last epoch would end at this pace, validation included as far as
   *     it is known
   */
  record Progress(
      int epoch,
      int epochs,
      long step,
      long steps,
      double trainLoss,
      double rowsPerSecond,
      long rows,
      double waitSeconds,
      double secondsLeft) {}
}
