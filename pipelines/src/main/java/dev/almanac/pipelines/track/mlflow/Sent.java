package dev.almanac.pipelines.track.mlflow;

import java.util.Map;
import java.util.TreeMap;

/**
 * {@code track/mlflow.json} in the folder of a run or of a study: which run of which server it is,
 * and how much was sent.
 *
 * @param parent the server's run of the study; null when there is none, or it is not known yet
 * @param begun whether what does not change was sent
 * @param files what was sent of each, to be compared with what it is
 * @param tags as they were sent
 */
record Sent(
    Place place,
    String parent,
    boolean begun,
    Progress progress,
    Map<String, String> files,
    Map<String, String> tags) {
  static final String FILE = "track/mlflow.json";

  Sent {
    files = new TreeMap<>(files);
    tags = new TreeMap<>(tags);
  }

  /**
   * A server's run.
   *
   * @param artifacts where the server keeps the run's files
   */
  record Place(String server, String run, String artifacts) {}

  /**
   * How far metrics and status were sent.
   *
   * @param epochs that have ended; of a study, trials
   * @param step the last one of all steps
   * @param samples of the machine
   * @param status the server's; null before the first
   */
  record Progress(int epochs, long step, long samples, String status) {
    static final Progress NONE = new Progress(0, 0, 0, null);

    Progress epochs(int sent) {
      return new Progress(sent, step, samples, status);
    }

    Progress step(long sent) {
      return new Progress(epochs, sent, samples, status);
    }

    Progress samples(long sent) {
      return new Progress(epochs, step, sent, status);
    }

    Progress status(String sent) {
      return new Progress(epochs, step, samples, sent);
    }
  }

  static Sent nothing(Place place) {
    return new Sent(place, null, false, Progress.NONE, Map.of(), Map.of());
  }

  Sent parent(String known) {
    return new Sent(place, known, begun, progress, files, tags);
  }

  Sent begin() {
    return new Sent(place, parent, true, progress, files, tags);
  }

  Sent progress(Progress further) {
    return new Sent(place, parent, begun, further, files, tags);
  }
}
