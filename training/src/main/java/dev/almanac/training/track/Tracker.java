package dev.almanac.training.track;

import java.io.IOException;

/**
 * Another tool that shows runs.
 *
 * <p>It is given what is known of a run again and again, and sends what it has not sent yet: how
 * much that was it keeps in the run's folder, so that another process goes on from there. It is
 * called on one thread at a time, never on the one that trains.
 */
public interface Tracker extends AutoCloseable {
  /** For messages, such as {@code MLflow at http://localhost:5000}. */
  String name();

  /** Of what it keeps in the folders of runs, such as {@code mlflow}. */
  String key();

  /** Whether it is out of this machine's hands, so that what could not be sent is sent later. */
  boolean isRemote();

  /**
   * Shows a run as it is now.
   *
   * @throws IOException when it cannot; a later call shows the same and more
   */
  void show(RunView state) throws IOException, InterruptedException;

  /** Gives back what it holds open. */
  @Override
  default void close() throws IOException {}
}
