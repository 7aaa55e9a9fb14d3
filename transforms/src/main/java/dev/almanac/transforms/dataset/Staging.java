package dev.almanac.transforms.dataset;

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

  String rejects(int chunk) {
    return file(rejectsPath(chunk));
  }

  static String rejectsPath(int chunk) {
    return "rejects/chunk-%06d.jsonl".formatted(chunk);
  }

  String plan() {
    return work("plan.json");
  }

  /** A name that no other try at the same file has. */
  static String attempt() {
    return UUID.randomUUID().toString();
  }

  /** How many chunks of the source have been read, for progress; counts finished ones only. */
  public int chunksRead() throws IOException {
    return Storage.match(Storage.resolve(folder(), "work", "chunk-*.spool")).size();
  }

  /** How many parquet files have been written, for progress. */
  public int partsWritten() throws IOException {
    return Storage.match(Storage.resolve(folder(), "*", "part-*.parquet")).size();
  }

  /** Moves what is staged to where the dataset is, all but {@code work/}. */
  void publish() throws IOException {
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    String prefix = null;
    for (StoredFile file : Storage.below(folder())) {
      if (prefix == null) {
        prefix = file.path().substring(0, file.path().indexOf("." + stamp + SUFFIX + "/"));
      }
      String path = file.path().substring((prefix + "." + stamp + SUFFIX + "/").length());
      if (!path.startsWith("work/") && !path.endsWith(".writing")) {
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
