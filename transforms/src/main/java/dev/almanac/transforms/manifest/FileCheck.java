package dev.almanac.transforms.manifest;

import dev.almanac.transforms.problem.DamagedFileException;
import dev.almanac.transforms.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Compares kept files with what was written: the sizes of all of them first, which costs a look
 * each, and only then their contents.
 *
 * @param folder that their paths are below
 * @param record the name of the file that says what was written, such as {@code dataset.json}
 * @param progress takes the bytes of each piece read
 */
public record FileCheck(String folder, String record, LongConsumer progress) {
  /** Files that a message names. */
  private static final int MOST_NAMED = 10;

  /** The SHA-256 of a file's content, which somebody has read. */
  public interface Found {
    String sha256(SideFile file);
  }

  /**
   * Checks files.
   *
   * @param what begins the message, such as {@code Cannot use dataset x}
   * @param advice ends it: what to do
   * @throws DamagedFileException naming those that are missing or differ
   */
  public void require(String what, List<SideFile> files, String advice) throws IOException {
    requireSizes(what, files, advice);
    List<String> differences = new ArrayList<>();
    for (SideFile file : files) {
      add(differences, file, difference(file));
    }
    refuse(what, differences, advice);
  }

  /** The same by the files' sizes alone. */
  public void requireSizes(String what, List<SideFile> files, String advice) throws IOException {
    List<String> differences = new ArrayList<>();
    for (SideFile file : files) {
      add(differences, file, size(file));
    }
    refuse(what, differences, advice);
  }

  /** The same by hashes that were found. */
  public void requireHashes(String what, List<SideFile> files, Found found, String advice)
      throws DamagedFileException {
    List<String> differences = new ArrayList<>();
    for (SideFile file : files) {
      add(differences, file, hash(file, found.sha256(file)));
    }
    refuse(what, differences, advice);
  }

  private static void refuse(String what, List<String> differences, String advice)
      throws DamagedFileException {
    if (!differences.isEmpty()) {
      int named = Math.min(MOST_NAMED, differences.size());
      String more =
          named < differences.size()
              ? "; and %s more files".formatted(differences.size() - named)
              : "";
      throw new DamagedFileException(
          "%s: %s%s; %s"
              .formatted(what, String.join("; ", differences.subList(0, named)), more, advice));
    }
  }

  private static void add(List<String> differences, SideFile file, String what) {
    if (what != null) {
      differences.add("%s: %s".formatted(file.path(), what));
    }
  }

  private String size(SideFile file) throws IOException {
    try {
      return bytes(file, Storage.size(Storage.resolve(folder, file.path())));
    } catch (FileNotFoundException missing) {
      return "it is missing";
    }
  }

  /** What is wrong with a file, to stand behind its name and a colon; null when nothing is. */
  public String difference(SideFile file) throws IOException {
    try {
      FileHash found = FileHash.of(Storage.resolve(folder, file.path()), progress);
      if (found.bytes() != file.bytes()) {
        return bytes(file, found.bytes());
      }
      return hash(file, found.sha256());
    } catch (FileNotFoundException missing) {
      return "it is missing";
    }
  }

  private String hash(SideFile file, String found) {
    return file.sha256().equals(found)
        ? null
        : "its content changed: sha-256 %s (%s in %s)".formatted(found, file.sha256(), record);
  }

  private String bytes(SideFile file, long found) {
    return found == file.bytes()
        ? null
        : "it has %s bytes (%s in %s)".formatted(found, file.bytes(), record);
  }
}
