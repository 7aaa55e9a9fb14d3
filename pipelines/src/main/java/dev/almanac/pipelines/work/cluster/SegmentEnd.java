package dev.almanac.pipelines.work.cluster;

import dev.almanac.pipelines.work.worker.WorkerEndException;
import dev.almanac.pipelines.work.worker.WorkerMessage;
import dev.almanac.training.run.ExitStatus;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;

/**
 * How a segment ended on an engine, as a file that the search reads.
 *
 * @param answer of the process that trained; null when it gave none
 * @param death how that process ended without an answer; null when it gave one
 * @param exit status of that process; null when that is not known
 * @param unreached a path that is not seen from where it was to be trained, and from where; null
 *     when all were
 */
record SegmentEnd(WorkerMessage.Answer answer, String death, Integer exit, String unreached) {
  static SegmentEnd of(WorkerMessage.Answer answer) {
    return new SegmentEnd(answer, null, null, null);
  }

  static SegmentEnd of(WorkerEndException death) {
    ExitStatus exit = death.exit();
    return new SegmentEnd(null, death.getMessage(), exit == null ? null : exit.status(), null);
  }

  static SegmentEnd unreached(String path, String host) {
    return new SegmentEnd(null, null, null, "%s from %s".formatted(path, host));
  }

  static SegmentEnd read(String path) throws IOException {
    return Json.read(Storage.readText(path), SegmentEnd.class, path);
  }

  void write(String path) throws IOException {
    Storage.writeText(path, Json.line(this));
  }

  /** The answer, or how the process ended that owes it. */
  WorkerMessage.Answer heard() throws WorkerEndException {
    if (death != null) {
      throw new WorkerEndException(death, exit == null ? null : new ExitStatus(exit));
    }
    return answer;
  }
}
