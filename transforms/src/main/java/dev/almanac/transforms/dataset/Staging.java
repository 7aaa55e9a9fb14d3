package dev.almanac.transforms.dataset;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.io.Serializable;
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

  /** Rows of a chunk that the dataset keeps. */
  String keptRows(int chunk) {
    return file(KeptSource.rowsPath(chunk));
  }

  /** Statistics of a chunk's ranges that the dataset keeps. */
  String keptStatistics(int chunk) {
    return file(KeptSource.statisticsPath(chunk));
  }

  /** Rejected rows of a chunk whose lines are counted from the start of its range. */
  String rangeRejects(int chunk) {
    return work("chunk-%06d.rejects".formatted(chunk));
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

  /** Says who is making the dataset, so that others leave it alone while they live. */
  public void claim() throws IOException {
    Storage.writeText(work(OWNER), Json.pretty(StagingOwner.here()));
  }

  /** Deletes what was staged below a root by processes of this machine that ended before. */
  public static void sweep(String root) throws IOException {
    for (StoredFile file : Storage.match(Storage.resolve(root, ".*" + SUFFIX, "work", OWNER))) {
      StagingOwner owner =
          Json.read(Storage.readText(file.path()), StagingOwner.class, file.path());
      if (owner.isGone()) {
        String folder =
            file.path().substring(0, file.path().length() - ("/work/" + OWNER).length());
        Storage.deleteFolder(folder);
      }
    }
  }

  /** A name that no other try at the same file has. */
  public static String attempt() {
    return UUID.randomUUID().toString();
  }

  /** The numbers of the chunks of the source that have been read, for progress. */
  public List<Integer> chunksRead() throws IOException {
    return Storage.match(work("chunk-*.statistics")).stream()
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
