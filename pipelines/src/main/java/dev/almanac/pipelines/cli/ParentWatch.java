package dev.almanac.pipelines.cli;

import java.io.IOException;

/**
 * Ends this process when the one that started it is gone, however that ended: its end of the pipe
 * that is our standard input closes then. No hook of the parent would do when it is killed.
 */
final class ParentWatch {
  private static final int GONE = 143;

  private ParentWatch() {}

  static void start() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nobody writes; only the end counts.
                }
              } catch (IOException closed) {
                // The same as the end.
              }
              Runtime.getRuntime().halt(GONE);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
