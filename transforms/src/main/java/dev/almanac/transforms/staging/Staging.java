package dev.almanac.transforms.staging;

import dev.almanac.transforms.manifest.DatasetFolder;
import dev.almanac.transforms.manifest.Stamp;
import dev.almanac.transforms.spool.StagedFile;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * The hidden folder in which a dataset grows, beside the folder it becomes.
 *
 * <p>{@code work/} holds what only the making needs; everything else lies where the finished
 * dataset will have it. A process that stages one claims its name first and releases it last; what
 * lies between is swept by a later process when that one was killed.
 *
 * @param root the folder of all datasets
 * @param stamp the dataset's date-time name
 */
public record Staging(String root, String stamp) implements Serializable {
  private static final String SUFFIX = ".staging";

  /** Where the finished dataset will be. */
  public String dataset() {
    return Storage.resolve(root, stamp);
  }

  public String folder() {
    return Storage.resolve(root, "." + stamp + SUFFIX);
  }

  /** The same with the places of the files in it. */
  public DatasetFolder staged() {
    return new DatasetFolder(folder());
  }

  /** The staged place of a file of the dataset. */
  public String file(String path) {
    return Storage.resolve(folder(), path);
  }

  public String work(String name) {
    return Storage.resolve(folder(), "work", name);
  }

  String spool(int chunk) {
    return work(String.format(Locale.ROOT, "chunk-%06d.spool", chunk));
  }

  public String statistics(int chunk) {
    return work(String.format(Locale.ROOT, "chunk-%06d.statistics", chunk));
  }

  /** Rows of a chunk that the dataset keeps. */
  String keptRows(int chunk) {
    return file(DatasetFolder.keptRows(chunk));
  }

  /** Statistics of a chunk's ranges that the dataset keeps. */
  String keptStatistics(int chunk) {
    return file(DatasetFolder.keptStatistics(chunk));
  }

  /** Rejected rows of a chunk whose lines are counted from the start of its range. */
  String rangeRejects(int chunk) {
    return work(String.format(Locale.ROOT, "chunk-%06d.rejects", chunk));
  }

  /** The staged place of the rejected rows of a chunk. */
  public String rejects(int chunk) {
    return file(DatasetFolder.rejects(chunk));
  }

  public String plan() {
    return work("plan.json");
  }

  /**
   * Gives what begins now a name below a root that nobody else has, and holds it for this process
   * until it is closed.
   *
   * @param last the file that the finished dataset has
   */
  public static StagingHold begin(String root, Instant now, String last) throws IOException {
    return new StagingHold(take(root, now, StagingClaim::here), last);
  }

  /**
   * The same for work that other processes may do when this one has ended: nobody else gets the
   * name until the folder is deleted, which is left to the work.
   */
  public static Staging reserve(String root, Instant now) throws IOException {
    return take(root, now, Reservation::of).staging();
  }

  /** A file that takes a name. */
  interface Mark {
    String fileName();

    void write() throws IOException;

    void delete() throws IOException;
  }

  /** Takes a name for as long as its folder is there, whichever process works in that. */
  private record Reservation(Staging staging, String fileName) implements Mark {
    static Reservation of(Staging staging) {
      return new Reservation(staging, "reserved-" + attempt());
    }

    @Override
    public void write() throws IOException {
      Storage.writeText(staging.work(fileName), staging.dataset());
    }

    @Override
    public void delete() throws IOException {
      Storage.delete(List.of(staging.work(fileName)));
    }
  }

  /**
   * Takes the first name from a second on that is free. Its mark is written first and looked for
   * second, so that of two that try for the same name at most one gets it, whether in one process
   * or in two.
   */
  private static <M extends Mark> M take(String root, Instant now, Function<Staging, M> marking)
      throws IOException {
    for (Stamp stamp = Stamp.of(now); ; stamp = stamp.next()) {
      Staging staging = new Staging(root, stamp.toString());
      if (!staging.isTaken()) {
        M mark = marking.apply(staging);
        mark.write();
        if (staging.marks().equals(Set.of(mark.fileName()))) {
          return mark;
        }
        mark.delete();
      }
    }
  }

  /** Whether there is such a dataset, or somebody is making it. */
  boolean isTaken() throws IOException {
    return !marks().isEmpty();
  }

  /** The names of all files that say that the name is taken. */
  private Set<String> marks() throws IOException {
    Set<String> marks = new TreeSet<>();
    for (String place : List.of(dataset(), folder())) {
      Storage.below(place).forEach(file -> marks.add(file.name()));
    }
    StagingClaim.of(this).forEach(claim -> marks.add(claim.fileName()));
    return marks;
  }

  /**
   * Deletes what processes left below a root when they were killed: what they had staged, and what
   * of it they had moved to its place without finishing it. A process of another machine is taken
   * for dead when it gave no sign of life for a day.
   *
   * @param last the file that a finished folder has
   * @return a line for each folder that was deleted, or that was left and may have to be
   */
  public static List<String> sweep(String root, String last) throws IOException {
    return sweep(root, last, Instant.now());
  }

  static List<String> sweep(String root, String last, Instant now) throws IOException {
    List<String> lines = new ArrayList<>();
    for (StagingClaim claim : StagingClaim.below(root)) {
      Staging staging = claim.staging();
      if (StagingClaim.of(staging).stream().allMatch(c -> c.isGone(now))) {
        staging.delete(last);
        claim.delete();
        lines.add("deleted %s, which %s left behind".formatted(staging.folder(), claim));
      } else if (claim.isDoubtful(now)) {
        lines.add(
            "left %s of %s, last heard of %s; delete the folder and the claim beside it if that has ended (after %s hours of silence we do)"
                .formatted(
                    staging.folder(), claim, claim.lastSign(), StagingClaim.SILENCE.toHours()));
      }
    }
    return lines;
  }

  /** A name that no other try at the same file has. */
  public static String attempt() {
    return UUID.randomUUID().toString();
  }

  /** The numbers of the chunks of the source that have been read, for progress. */
  public List<Integer> chunksRead() throws IOException {
    return Storage.match(folder(), "work/chunk-*.statistics").stream()
        .map(file -> Integer.valueOf(file.name().replaceAll("\\D", "")))
        .toList();
  }

  /** How many parquet files have been written, for progress. */
  public int partsWritten() throws IOException {
    return Storage.match(folder(), "*/part-*.parquet").size();
  }

  /** Moves what is staged to where the dataset is, all but {@code work/}. */
  public void publish() throws IOException {
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    String prefix = null;
    for (StoredFile file : Storage.below(folder())) {
      if (prefix == null) {
        prefix = file.path().substring(0, file.path().indexOf("." + stamp + SUFFIX + "/"));
      }
      String path = file.path().substring((prefix + "." + stamp + SUFFIX + "/").length());
      if (!path.startsWith("work/") && !StagedFile.isUnfinished(path)) {
        from.add(file.path());
        to.add(Storage.resolve(dataset(), path));
      }
    }
    Storage.rename(from, to);
  }

  /** Deletes all that is staged, and what of it was moved to its place without the last file. */
  void delete(String last) throws IOException {
    if (!Storage.exists(Storage.resolve(dataset(), last))) {
      Storage.deleteFolder(dataset());
    }
    delete();
  }

  /** Deletes all that is staged; the name stays claimed. */
  public void delete() throws IOException {
    Storage.deleteFolder(folder());
  }
}
