package dev.almanac.pipelines.track.study;

import java.io.IOException;

/**
 * Another tool that shows studies. It is given what is known of one again and again, on one thread
 * that runs no trial, and sends what it has not sent yet.
 */
public interface StudyTracker {
  /** For messages. */
  String name();

  /**
   * Whether it shows what trials report while they are under way, not only once they are judged.
   */
  default boolean isLive() {
    return false;
  }

  /**
   * Shows a study as it is now.
   *
   * @throws IOException when it cannot; a later call shows the same and more
   */
  void show(StudyView view) throws IOException, InterruptedException;
}
