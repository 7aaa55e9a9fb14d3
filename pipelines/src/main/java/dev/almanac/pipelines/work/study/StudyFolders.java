package dev.almanac.pipelines.work.study;

import dev.almanac.training.search.StudyRecord;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;

/**
 * The studies that lie in a folder.
 *
 * @param folder of studies, or of one study
 */
public record StudyFolders(String folder) {
  /** The folders of its studies, by name; the folder itself when it is a study's. */
  public List<String> all() throws IOException {
    if (StudyRecord.isThere(folder)) {
      return List.of(folder);
    }
    return StudyRecord.folders(folder);
  }

  /**
   * The folder of one.
   *
   * @param named its name, the beginning of it, or a folder; null for the only one
   * @throws ForeseenException naming those there are
   */
  public String find(String named) throws IOException {
    if (named != null && StudyRecord.isThere(named)) {
      return named;
    }
    List<String> all = all();
    List<String> found =
        all.stream().filter(path -> named == null || Storage.name(path).startsWith(named)).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    List<String> exact = found.stream().filter(path -> Storage.name(path).equals(named)).toList();
    if (exact.size() == 1) {
      return exact.get(0);
    }
    String names =
        all.isEmpty()
            ? "there is none"
            : "there are " + Names.listed(all.stream().map(Storage::name).toList());
    if (named == null) {
      throw new ForeseenException(
          "Cannot tell which study of %s is meant: %s%s"
              .formatted(folder, names, all.isEmpty() ? "" : "; name one"));
    }
    throw new ForeseenException(
        found.isEmpty()
            ? "Cannot find study '%s' in %s: %s".formatted(named, folder, names)
            : "Cannot tell which study of %s is meant by '%s': there are %s"
                .formatted(
                    folder, named, Names.listed(found.stream().map(Storage::name).toList())));
  }
}
