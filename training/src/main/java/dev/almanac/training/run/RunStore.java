package dev.almanac.training.run;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of runs, each in a folder of its id.
 *
 * <p>An id is the second at which a run began, in UTC, and eight hexadecimal digits that tell apart
 * runs of the same second, also those of other processes: {@code 20260728T101530Z-1f00ab42}. Ids
 * sort by time.
 */
public record RunStore(String folder) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** The folder of runs that a run lies in. */
  static RunStore around(Run run) {
    int end = run.folder().lastIndexOf('/');
    return new RunStore(end < 0 ? "." : run.folder().substring(0, Math.max(1, end)));
  }

  /** An id for a run that begins now with this configuration of training. */
  static String newId(Instant now, String datasetHash, TrainConfig config) {
    String apart =
        Json.sha256(
            List.of(
                datasetHash,
                config,
                now.toString(),
                System.nanoTime(),
                ProcessHandle.current().pid()));
    return STAMP.format(now) + "-" + apart.substring(0, 8);
  }

  /** Writes a new run's record. */
  Run create(RunRecord record) throws IOException {
    return new Run(Storage.resolve(folder, record.runId()), record).write(record);
  }

  /**
   * The run with this id, or with the one id that begins so.
   *
   * @throws IOException when there is none or more than one
   */
  public Run open(String id) throws IOException {
    List<String> folders = folders(id + "*");
    String exact = Storage.resolve(folder, id);
    if (folders.contains(exact)) {
      return Run.open(exact);
    }
    if (folders.size() != 1) {
      throw new ForeseenException(
          "Cannot open run '%s' of %s: %s"
              .formatted(
                  id,
                  folder,
                  folders.isEmpty()
                      ? "there is none"
                      : "%d runs begin so, such as %s"
                          .formatted(folders.size(), Storage.name(folders.get(0)))));
    }
    return Run.open(folders.get(0));
  }

  /** Every run, the oldest first. */
  public List<Run> list() throws IOException {
    List<Run> runs = new ArrayList<>();
    for (String run : folders("*")) {
      runs.add(Run.open(run));
    }
    return runs;
  }

  /**
   * The runs of a group, the oldest first. Runs of others are not read, so may be of any version.
   */
  List<Run> ofGroup(String id) throws IOException {
    List<Run> runs = new ArrayList<>();
    for (String run : folders("*")) {
      if (Storage.readText(Storage.resolve(run, RunRecord.FILE)).contains("\"" + id + "\"")) {
        runs.add(Run.open(run));
      }
    }
    return runs;
  }

  private List<String> folders(String name) throws IOException {
    List<String> folders = new ArrayList<>();
    for (StoredFile file : Storage.match(Storage.resolve(folder, name, RunRecord.FILE))) {
      folders.add(file.path().substring(0, file.path().lastIndexOf('/')));
    }
    return folders;
  }
}
