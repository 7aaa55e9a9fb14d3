package dev.almanac.training.run;

import dev.almanac.training.lease.Lease;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Stamp;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A folder of runs, each in a folder of its id.
 *
 * <p>An id is the second at which a run began, in UTC, and eight hexadecimal digits that tell apart
 * runs of the same second, also those of other processes: {@code 20260728T101530Z-1f00ab42}. Ids
 * sort by time.
 */
public record RunStore(String folder) {
  /** What a process leaves in a run's folder that was killed before it had written a record. */
  public static final List<String> LEFT = List.of("." + RunRecord.FILE + ".writing", ".*.lease");

  /** The folder of runs that a run lies in. */
  static RunStore around(Run run) {
    int end = run.folder().lastIndexOf('/');
    return new RunStore(end < 0 ? "." : run.folder().substring(0, Math.max(1, end)));
  }

  /** An id for a run that begins now. */
  public static String newId() {
    return newId(Instant.now());
  }

  public static String newId(Instant now) {
    String apart =
        Json.sha256(
            List.of(
                now.toString(),
                System.nanoTime(),
                ProcessHandle.current().pid(),
                UUID.randomUUID().toString()));
    return Stamp.of(now) + "-" + apart.substring(0, 8);
  }

  /** Writes a new run's record. */
  public Run create(RunRecord record) throws IOException {
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
      return Run.open(exact).settled();
    }
    if (folders.size() != 1) {
      throw new ForeseenException(
          "Cannot open run '%s' of %s: %s"
              .formatted(
                  id,
                  folder,
                  folders.isEmpty()
                      ? "there is none"
                      : "%s runs begin so, such as %s"
                          .formatted(folders.size(), Storage.name(folders.get(0)))));
    }
    return Run.open(folders.get(0)).settled();
  }

  /** Every run that can be read, the oldest first. */
  public List<Run> list() throws IOException {
    return listing().runs();
  }

  /**
   * Every run, the oldest first, and those that cannot be read. Runs whose process is gone are lost
   * from now on.
   */
  public RunListing listing() throws IOException {
    List<Run> runs = new ArrayList<>();
    List<RunListing.Unreadable> unreadable = new ArrayList<>();
    for (String folder : folders("*")) {
      try {
        runs.add(Run.open(folder).settled());
      } catch (IOException e) {
        unreadable.add(new RunListing.Unreadable(folder, e.getMessage()));
      }
    }
    unreadable.addAll(begun());
    return new RunListing(runs, unreadable);
  }

  /**
   * The runs of a group, the oldest first. Runs of others are not read, so may be of any version;
   * those that cannot be read are not there.
   */
  List<Run> ofGroup(String id) throws IOException {
    List<Run> runs = new ArrayList<>();
    for (String run : folders("*")) {
      try {
        if (Storage.readText(Storage.resolve(run, RunRecord.FILE)).contains("\"" + id + "\"")) {
          runs.add(Run.open(run));
        }
      } catch (IOException damaged) {
        // The group says how many of its runs there are.
      }
    }
    return runs;
  }

  /** Folders whose process was killed before it had written a record. */
  private List<RunListing.Unreadable> begun() throws IOException {
    Set<String> begun = new TreeSet<>();
    for (String left : LEFT) {
      for (StoredFile file : Storage.match(folder, "*/" + left)) {
        begun.add(file.path().substring(0, file.path().lastIndexOf('/')));
      }
    }
    List<RunListing.Unreadable> unreadable = new ArrayList<>();
    for (String run : begun) {
      begun(run).map(why -> new RunListing.Unreadable(run, why)).ifPresent(unreadable::add);
    }
    return unreadable;
  }

  /**
   * Why a folder is no run that a process has left a lease or half a record in; nothing when it is
   * one, or is going to be.
   */
  public static Optional<String> begun(String folder) throws IOException {
    return Storage.exists(Storage.resolve(folder, RunRecord.FILE))
            || Lease.holder(folder).isPresent()
        ? Optional.empty()
        : Optional.of(
            "Cannot open run %s: its process was killed before it had written %s; delete the folder"
                .formatted(folder, RunRecord.FILE));
  }

  private List<String> folders(String name) throws IOException {
    List<String> folders = new ArrayList<>();
    for (StoredFile file : Storage.match(folder, name + "/" + RunRecord.FILE)) {
      folders.add(file.path().substring(0, file.path().lastIndexOf('/')));
    }
    return folders;
  }
}
