package dev.almanac.pipelines.work;

import dev.almanac.transforms.problem.RequestException;

/**
 * A piece of work: a request that holds all it needs, and is done on the thread that runs it.
 *
 * <p>Several run at once in one process and do not see each other. Nothing is printed and no
 * process ended: what is to be known on the way goes to the watch, what came of it is the result.
 *
 * @param <R> what comes of it
 */
public interface Work<R> {
  /**
   * Does the work.
   *
   * @throws RequestException when it cannot be done as it was asked for
   * @throws CancelledException when the watch cancelled it: a training or a search can be gone on
   *     with, all else is as if it had not begun
   * @throws Exception when it failed
   */
  R run(Watch watch) throws Exception;
}
