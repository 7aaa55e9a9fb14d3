package dev.almanac.transforms.artifact;

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

  /**
   * Checks files.
   *
   * @param what begins the message, such as {@code Cannot use dataset x}
   * @param advice ends it: what to do
   * @throws DamagedFileException naming those that are missing or differ
   */
  public void require(String what, List<SideFile> files, String advice) throws IOException {
    List<String> differences = new ArrayList<>();
    for (SideFile file : files) {
      add(differences, file, size(file));
    }
    for (SideFile file : differences.isEmpty() ? files : List.<SideFile>of()) {
      add(differences, file, difference(file));
    }
    if (!differences.isEmpty()) {
      String more =
          differences.size() > MOST_NAMED
              ? "; and %d more files".formatted(differences.size() - MOST_NAMED)
              : "";
      throw new DamagedFileException(
          "%s: %s%s; %s"
              .formatted(
                  what,
                  String.join(
                      "; ", differences.subList(0, Math.min(MOST_NAMED, differences.size()))),
                  more,
                  advice));
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
      return found.sha256().equals(file.sha256())
          ? null
          : "its content changed: sha-256 %s (%s in %s)"
              .formatted(found.sha256(), file.sha256(), record);
    } catch (FileNotFoundException missing) {
      return "it is missing";
    }
  }

  private String bytes(SideFile file, long found) {
    return found == file.bytes()
        ? null
        : "it has %d bytes (%d in %s)".formatted(found, file.bytes(), record);
  }
}
