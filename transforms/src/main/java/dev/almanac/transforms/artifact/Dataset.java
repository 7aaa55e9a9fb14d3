package dev.almanac.transforms.artifact;

import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** A finished dataset: its folder and what {@code dataset.json} says of it. */
public record Dataset(String folder, DatasetManifest manifest) {
  private static final Pattern STAMP = Pattern.compile("\\d{8}T\\d{6}Z(-\\d+)?");

  /**
   * Opens a dataset's folder, or the newest dataset of a folder that holds several.
   *
   * @throws IOException when there is none
   */
  public static Dataset open(String path) throws IOException {
    String folder = locate(path);
    return new Dataset(folder, DatasetManifest.read(folder));
  }

  /**
   * The folder of the dataset that {@link #open} would open, whatever its {@code dataset.json}
   * says.
   *
   * @throws IOException when there is none
   */
  public static String locate(String path) throws IOException {
    if (Storage.exists(Storage.resolve(path, DatasetManifest.FILE))) {
      return path;
    }
    String newest = null;
    for (StoredFile file : Storage.match(Storage.resolve(path, "*", DatasetManifest.FILE))) {
      String folder = file.path().substring(0, file.path().lastIndexOf('/'));
      if (STAMP.matcher(Storage.name(folder)).matches()
          && (newest == null || newest.compareTo(folder) < 0)) {
        newest = folder;
      }
    }
    if (newest == null) {
      throw new ForeseenException(
          "Cannot open dataset %s: neither it nor a date-time-named folder in it holds %s; run `prepare` first"
              .formatted(path, DatasetManifest.FILE));
    }
    return newest;
  }

  /** The full path of a file that the manifest names. */
  public String path(DatasetFile file) {
    return Storage.resolve(folder, file.path());
  }

  /**
   * Hashes the files of these splits again.
   *
   * @throws IOException naming the first file that is missing or differs
   */
  public void verify(List<Split> splits) throws IOException {
    for (Split split : splits) {
      for (DatasetFile file : manifest.files(split)) {
        verify(file);
      }
    }
  }

  private void verify(DatasetFile file) throws IOException {
    FileHash found = FileHash.of(path(file));
    if (!found.sha256().equals(file.sha256())) {
      throw new ForeseenException(
          "Cannot use dataset %s: %s changed since %s was written (sha-256 %s, %d bytes; expected %s, %d bytes); run `prepare` again"
              .formatted(
                  folder,
                  file.path(),
                  DatasetManifest.FILE,
                  found.sha256(),
                  found.bytes(),
                  file.sha256(),
                  file.bytes()));
    }
  }
}
