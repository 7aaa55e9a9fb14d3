package dev.almanac.transforms.manifest;

import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/** A finished dataset: its folder and what {@code dataset.json} says of it. */
public record Dataset(String folder, DatasetManifest manifest) {
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
    if (new DatasetFolder(path).isFinished()) {
      return path;
    }
    List<String> folders = newestFirst(path);
    if (folders.isEmpty()) {
      throw new ForeseenException(
          "Cannot open dataset %s: neither it nor a date-time-named folder in it holds %s; run `prepare` first"
              .formatted(path, DatasetManifest.FILE));
    }
    return folders.get(0);
  }

  /** The folders of the datasets that a folder holds, finished ones with a date-time name. */
  public static List<String> newestFirst(String path) throws IOException {
    List<String> folders = new ArrayList<>();
    for (StoredFile file : Storage.match(path, "*/" + DatasetManifest.FILE)) {
      String folder = file.path().substring(0, file.path().lastIndexOf('/'));
      if (Stamp.of(Storage.name(folder)).isPresent()) {
        folders.add(folder);
      }
    }
    folders.sort(Comparator.comparing(Dataset::stamp).reversed());
    return folders;
  }

  private static Stamp stamp(String folder) {
    return Stamp.of(Storage.name(folder)).orElseThrow();
  }

  /** The full path of a file that the manifest names. */
  public String path(DatasetFile file) {
    return Storage.resolve(folder, file.path());
  }

  /** The same of a file beside the parquet files. */
  public String path(SideFile file) {
    return Storage.resolve(folder, file.path());
  }

  /**
   * Hashes again what training and evaluation use: the files of these splits, the schema and the
   * transform.
   *
   * @throws IOException naming the files that are missing or differ
   */
  public void verify(List<Split> splits) throws IOException {
    verify(splits, read -> {});
  }

  /**
   * The same.
   *
   * @param progress takes the bytes of each piece read
   */
  public void verify(List<Split> splits, LongConsumer progress) throws IOException {
    require(used(splits), progress);
  }

  /** What {@link #verify} hashes. */
  public List<SideFile> used(List<Split> splits) {
    List<SideFile> used = new ArrayList<>();
    for (SideFile file : manifest.sideFiles()) {
      if (file.path().equals(DatasetFolder.SCHEMA) || file.isIn(DatasetFolder.TRANSFORM)) {
        used.add(file);
      }
    }
    for (Split split : splits) {
      for (DatasetFile file : manifest.files(split)) {
        used.add(new SideFile(file.path(), file.bytes(), file.sha256()));
      }
    }
    return used;
  }

  /**
   * Hashes these files of the dataset again.
   *
   * @throws IOException naming those that are missing or differ
   */
  public void require(List<SideFile> files, LongConsumer progress) throws IOException {
    new FileCheck(folder, DatasetManifest.FILE, progress)
        .require(
            "Cannot use dataset " + folder,
            files,
            "`almanac verify %s` compares all of it; name another dataset, or run `prepare` again, which makes a new one beside it"
                .formatted(folder));
  }
}
