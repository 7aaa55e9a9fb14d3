package dev.almanac.transforms.dataset;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The hidden folder in which a dataset grows, beside the folder it becomes.
 *
 * <p>{@code work/} holds what only the making needs; everything else lies where the finished
 * dataset will have it.
 *
 * @param root the folder of all datasets
 * @param stamp the dataset's date-time name
 */
public record Staging(String root, String stamp) implements Serializable {
  private static final String SUFFIX = ".staging";
  private static final String OWNER = "owner.json";

  /** Where the finished dataset will be. */
  public String dataset() {
    return Storage.resolve(root, stamp);
  }

  public String folder() {
    return Storage.resolve(root, "." + stamp + SUFFIX);
  }

  /** The staged place of a file of the dataset. */
  public String file(String path) {
    return Storage.resolve(folder(), path);
  }

  String work(String name) {
    return Storage.resolve(folder(), "work", name);
  }

  String spool(int chunk) {
    return work("chunk-%06d.spool".formatted(chunk));
  }

  String statistics(int chunk) {
    return work("chunk-%06d.statistics".formatted(chunk));
  }

  /** The staged place of the rejected rows of a chunk. */
  public String rejects(int chunk) {
    return file(rejectsPath(chunk));
  }

  static String rejectsPath(int chunk) {
    return "rejects/chunk-%06d.jsonl".formatted(chunk);
  }

  String plan() {
    return work("plan.json");
  }

  /**
   * Says who is making the dataset, and that they live, so that others leave it alone; close the
   * claim before the folder is deleted.
   */
  public StagingClaim claim() throws IOException {
    return new StagingClaim(this);
  }

  void signOfLife() throws IOException {
    Storage.writeText(work(OWNER), Json.pretty(StagingOwner.here(Instant.now())));
  }

  /**
   * Deletes what was staged below a root by processes that have ended: those of this machine, and
   * those of others that gave no sign of life for a day.
   *
   * @return a line for each folder that was deleted, or that was left and may have to be
   */
  public static List<String> sweep(String root) throws IOException {
    return sweep(root, Instant.now());
  }

  static List<String> sweep(String root, Instant now) throws IOException {
    List<String> lines = new ArrayList<>();
    for (StoredFile file : Storage.match(Storage.resolve(root, ".*" + SUFFIX, "work", OWNER))) {
      String folder = file.path().substring(0, file.path().length() - ("/work/" + OWNER).length());
      StagingOwner owner;
      try {
        owner = Json.read(Storage.readText(file.path()), StagingOwner.class, file.path());
      } catch (FileNotFoundException finished) {
        continue;
      } catch (IOException unreadable) {
        lines.add(
            "left %s, whose owner cannot be read; delete the folder if nothing is writing to it"
                .formatted(folder));
        continue;
      }
      if (owner.isGone(now)) {
        Storage.deleteFolder(folder);
        lines.add("deleted %s, which %s left behind".formatted(folder, owner));
      } else if (owner.isDoubtful(now)) {
        lines.add(
            "left %s of %s, last heard of %s; delete the folder if that has ended (after %d hours of silence we do)"
                .formatted(
                    folder,
                    owner,
                    owner.alive() == null ? "never" : "at " + owner.alive(),
                    StagingOwner.SILENCE.toHours()));
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
    return Storage.match(work("chunk-*.spool")).stream()
        .map(file -> Integer.valueOf(file.name().replaceAll("\\D", "")))
        .toList();
  }

  /** How many parquet files have been written, for progress. */
  public int partsWritten() throws IOException {
    return Storage.match(Storage.resolve(folder(), "*", "part-*.parquet")).size();
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

  /** Deletes all that is staged. */
  public void delete() throws IOException {
    Storage.deleteFolder(folder());
  }
}
