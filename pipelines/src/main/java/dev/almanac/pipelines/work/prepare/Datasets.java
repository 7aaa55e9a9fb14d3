package dev.almanac.pipelines.work.prepare;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFolder;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.problem.DamagedFileException;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.OtherVersionException;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.Optional;

/** Finds the dataset that a config means. */
public final class Datasets {
  private Datasets() {}

  /** Where a config's datasets are; null when it does not say. */
  public static String folder(AlmanacConfig config) {
    return config.output() == null ? null : config.output().dataset();
  }

  /**
   * The newest finished dataset that was prepared with the same config.
   *
   * <p>One of another format version is passed over, which is said. One that is damaged may be the
   * one that is meant: an older one is never taken in its place.
   *
   * @throws DamagedFileException naming a damaged one that is newer than those that would do
   */
  public static Optional<Dataset> find(AlmanacConfig config, Progress progress) throws IOException {
    String wanted = config.datasetHash();
    for (String folder : Dataset.newestFirst(config.output().dataset())) {
      try {
        Dataset dataset = new Dataset(folder, DatasetManifest.read(folder));
        if (dataset.manifest().hashes().config().equals(wanted)) {
          return Optional.of(dataset);
        }
      } catch (OtherVersionException other) {
        progress.line("passing over %s: %s".formatted(folder, other.getMessage()));
      } catch (DamagedFileException damaged) {
        throw new DamagedFileException(
            "%s; an older dataset is not taken in its place: name one by --dataset, or move this folder out of %s"
                .formatted(damaged.getMessage(), config.output().dataset()));
      }
    }
    return Optional.empty();
  }

  /**
   * The named dataset, or else the newest that was prepared with the same config.
   *
   * @param named a dataset's folder or a folder of datasets; null when none was named
   */
  public static Dataset require(AlmanacConfig config, String named, Progress progress)
      throws IOException {
    if (named != null) {
      return Dataset.open(named);
    }
    Optional<Dataset> found = find(config, progress);
    if (found.isEmpty()) {
      throw new ForeseenException(
          "Cannot find a dataset in %s that was prepared with this config (%s prepared with others): run `almanac prepare %s`, or name one by --dataset"
              .formatted(
                  config.output().dataset(),
                  Dataset.newestFirst(config.output().dataset()).size(),
                  config.file()));
    }
    return found.get();
  }

  /**
   * A dataset to reuse.
   *
   * @param named its folder, or its name in the config's folder of datasets
   * @throws RequestException when there is none
   * @throws IOException when there is one and it cannot be used
   */
  public static Dataset earlier(AlmanacConfig config, String named)
      throws RequestException, IOException {
    String inside = Storage.resolve(config.output().dataset(), named);
    boolean isName = new DatasetFolder(inside).isFinished();
    String folder;
    try {
      folder = Dataset.locate(isName ? inside : named);
    } catch (IOException absent) {
      throw new RequestException(absent.getMessage());
    }
    return new Dataset(folder, DatasetManifest.read(folder));
  }
}
