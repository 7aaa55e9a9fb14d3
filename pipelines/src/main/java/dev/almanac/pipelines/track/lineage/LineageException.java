package dev.almanac.pipelines.track.lineage;

import dev.almanac.transforms.problem.ForeseenException;

/** An event was refused, and would be again. */
final class LineageException extends ForeseenException {
  private static final long serialVersionUID = 1L;

  LineageException(String server, int status, String said) {
    super(
        "Cannot tell OpenLineage at %s of a run: the event was refused by %s%s"
            .formatted(server, status, said.isEmpty() ? "" : " (" + said + ")"));
  }
}
