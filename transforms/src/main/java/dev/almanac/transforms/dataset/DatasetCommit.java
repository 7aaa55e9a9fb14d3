package dev.almanac.transforms.dataset;

import dev.almanac.transforms.dataset.part.WrittenPart;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.DatasetFolder;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.spool.StagedFile;
import dev.almanac.transforms.staging.DatasetException;
import dev.almanac.transforms.staging.DatasetIdentity;
import dev.almanac.transforms.staging.DatasetLayout;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a dataset of what lies staged: moves the files to their place, then writes {@code
 * dataset.json}, then deletes the rest. Doing it again after it broke off ends in the same place.
 */
final class DatasetCommit {
  private DatasetCommit() {}

  static DatasetManifest commit(
      Staging staging, DatasetIdentity identity, DatasetLayout layout, List<WrittenPart> parts)
      throws IOException {
    if (new DatasetFolder(staging.dataset()).isFinished()) {
      return DatasetManifest.read(staging.dataset());
    }
    DatasetDraft draft = DatasetDraft.read(staging);
    DatasetManifest manifest =
        DatasetManifest.of(
            identity.name(),
            identity.made(),
            DatasetManifest.Hashes.of(
                identity.configHash(), identity.schemaHash(), draft.transformHash()),
            draft.columns(),
            new DatasetManifest.ParquetFiles(
                layout.order().text(),
                layout.codec().text(),
                draft.rowGroupRows(),
                new DatasetManifest.Splits(
                    files(parts, Split.TRAIN),
                    files(parts, Split.VALIDATION),
                    files(parts, Split.TEST))),
            draft.source());
    check(manifest);
    staging.publish();
    checkPublished(staging, parts);
    DatasetManifest whole =
        manifest.withSideFiles(sideFiles(staging.dataset(), draft.kept())).hashed();
    whole.write(staging.dataset());
    staging.delete();
    return whole;
  }

  /**
   * Hashes what was written beside the parquet files: small, but for a large vocabulary.
   *
   * @param kept those that are hashed already
   */
  private static List<SideFile> sideFiles(String folder, List<SideFile> kept) throws IOException {
    Set<String> known = kept.stream().map(SideFile::path).collect(Collectors.toSet());
    List<String> others =
        SideFile.pathsIn(folder).stream()
            .filter(path -> !known.contains(path) && !StagedFile.isUnfinished(path))
            .toList();
    List<SideFile> files = new ArrayList<>(kept);
    files.addAll(SideFile.of(folder, others));
    files.sort(Comparator.comparing(SideFile::path));
    return files;
  }

  /** A rename passes over what is missing: whether all has arrived is looked at once more. */
  private static void checkPublished(Staging staging, List<WrittenPart> parts) throws IOException {
    for (WrittenPart part : parts) {
      if (part.file().rows() == 0) {
        continue;
      }
      String path = Storage.resolve(staging.dataset(), part.file().path());
      if (!hasSize(path, part.file().bytes())) {
        throw new DatasetException(
            "Cannot finish the dataset: %s is not what was written (%s bytes); run prepare again"
                .formatted(path, part.file().bytes()));
      }
    }
  }

  private static boolean hasSize(String path, long bytes) throws IOException {
    try {
      return Storage.size(path) == bytes;
    } catch (FileNotFoundException missing) {
      return false;
    }
  }

  private static List<DatasetFile> files(List<WrittenPart> parts, Split split) {
    return parts.stream()
        .filter(part -> part.split() == split && part.file().rows() > 0)
        .map(WrittenPart::file)
        .sorted(Comparator.comparing(DatasetFile::path))
        .toList();
  }

  private static void check(DatasetManifest manifest) {
    check(Split.TRAIN, manifest.totals().train(), manifest);
    check(Split.VALIDATION, manifest.totals().validation(), manifest);
    check(Split.TEST, manifest.totals().test(), manifest);
  }

  private static void check(Split split, long read, DatasetManifest manifest) {
    if (manifest.rows(split) != read) {
      throw new DatasetException(
          "Cannot finish the dataset: %s rows of %s were read and %s written; this is a fault of Almanac's"
              .formatted(read, split, manifest.rows(split)));
    }
  }
}
