package dev.almanac.pipelines.work.cluster;

import dev.almanac.pipelines.work.worker.WorkerMessage;
import dev.almanac.transforms.staging.DatasetIdentity;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a search and those who train a generation of segments for it leave files for each other: a
 * copy of the config for all generations, and of each segment who began it and how it ended.
 *
 * @param place a folder in storage that all reach
 * @param generation its number
 */
record Desk(String place, int generation) implements Serializable {
  private static final String CONFIG = "config.yaml";
  private static final String BEGUN = ".begun";
  private static final String ENDED = ".json";

  static String config(String place) {
    return Storage.resolve(place, CONFIG);
  }

  /** Whether it is seen from here. */
  boolean isThere() throws IOException {
    return Storage.exists(config(place));
  }

  private String folder() {
    return Storage.resolve(place, "generation-" + generation);
  }

  private String path(WorkerMessage.Request request, String ending) {
    return Storage.resolve(folder(), request.runId() + ending);
  }

  /**
   * Notes that this process begins a segment.
   *
   * @return who began it before, for a person; null when nobody has
   */
  String begin(WorkerMessage.Request request) throws IOException {
    String path = path(request, BEGUN);
    String before = Storage.exists(path) ? Storage.readText(path) : null;
    Storage.writeText(
        path,
        "process %s on %s".formatted(ProcessHandle.current().pid(), DatasetIdentity.hostName()));
    return before;
  }

  void end(WorkerMessage.Request request, SegmentEnd end) throws IOException {
    end.write(path(request, ENDED));
  }

  /** By run: how each segment ended that has. */
  Map<String, SegmentEnd> ends() throws IOException {
    Map<String, SegmentEnd> ends = new TreeMap<>();
    for (StoredFile file : Storage.match(folder(), "*" + ENDED)) {
      String run = file.name().substring(0, file.name().length() - ENDED.length());
      ends.put(run, SegmentEnd.read(file.path()));
    }
    return ends;
  }
}
