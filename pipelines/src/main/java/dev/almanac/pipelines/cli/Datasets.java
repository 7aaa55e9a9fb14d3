package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.transforms.artifact.Dataset;
import dev.almanac.transforms.artifact.DatasetManifest;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds the dataset that a config means. */
final class Datasets {
  private Datasets() {}

  /** The newest finished dataset that was prepared with the same config. */
  static Optional<Dataset> find(AlmanacConfig config) throws IOException {
    String wanted = config.datasetHash();
    for (String folder : newestFirst(config)) {
      Optional<Dataset> dataset = open(folder);
      if (dataset.isPresent() && dataset.get().manifest().configHash().equals(wanted)) {
        return dataset;
      }
    }
    return Optional.empty();
  }

  /**
   * The named dataset, or else the newest that was prepared with the same config.
   *
   * @param named a dataset's folder or a folder of datasets; null when none was named
   */
  static Dataset require(AlmanacConfig config, String named) throws IOException {
    if (named != null) {
      return Dataset.open(named);
    }
    Optional<Dataset> found = find(config);
    if (found.isEmpty()) {
      throw new ForeseenException(
          "Cannot find a dataset in %s that was prepared with this config (%d prepared with others): run `almanac prepare %s`, or name one by --dataset"
              .formatted(config.output().dataset(), newestFirst(config).size(), config.file()));
    }
    return found.get();
  }

  /**
   * A dataset to reuse.
   *
   * @param named its folder, or its name in the config's folder of datasets
   * @throws RequestException when there is none
   */
  static Dataset earlier(AlmanacConfig config, String named) throws RequestException {
    String inside = Storage.resolve(config.output().dataset(), named);
    try {
      boolean isName = Storage.exists(Storage.resolve(inside, DatasetManifest.FILE));
      return Dataset.open(isName ? inside : named);
    } catch (IOException e) {
      throw new RequestException(e.getMessage());
    }
  }

  /** A folder's dataset; nothing when it cannot be read, such as another version's. */
  private static Optional<Dataset> open(String folder) {
    try {
      return Optional.of(new Dataset(folder, DatasetManifest.read(folder)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static List<String> newestFirst(AlmanacConfig config) throws IOException {
    List<String> folders = new ArrayList<>();
    String glob = Storage.resolve(config.output().dataset(), "*", DatasetManifest.FILE);
    for (StoredFile file : Storage.match(glob)) {
      folders.add(file.path().substring(0, file.path().lastIndexOf('/')));
    }
    folders.sort(Collections.reverseOrder());
    return folders;
  }
}
