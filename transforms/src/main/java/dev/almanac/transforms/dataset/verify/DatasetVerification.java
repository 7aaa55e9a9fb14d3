package dev.almanac.transforms.dataset.verify;

import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.DatasetFolder;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.FileCheck;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.parquet.RowGroupRows;
import dev.almanac.transforms.schema.SchemaFile;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Compares a whole dataset with what its {@code dataset.json} says: reads and hashes every file,
 * counts the rows of every row group and of the rejects, adds up the ledger, and looks for files
 * that are not its own. Finds every difference, not the first alone. Changes nothing.
 */
public final class DatasetVerification {
  private static final String SCHEMA = DatasetFolder.SCHEMA;
  private static final String TRANSFORM = DatasetFolder.TRANSFORM;
  private static final String TRANSFORM_FILE = TRANSFORM + "/" + FittedTransform.FILE;

  private final String folder;
  private final FileCheck files;
  private final List<Difference> differences = new ArrayList<>();
  private final Set<String> differing = new TreeSet<>();
  private final Set<String> expected = new TreeSet<>();
  private long bytes;

  private DatasetVerification(String folder, LongConsumer progress) {
    this.folder = folder;
    this.files =
        new FileCheck(
            folder,
            DatasetManifest.FILE,
            read -> {
              bytes += read;
              progress.accept(read);
            });
  }

  /**
   * Something that is not as it was written.
   *
   * @param path of the file, below the dataset's folder
   * @param what completes the path and a colon
   */
  public record Difference(String path, String what) {}

  /**
   * What was found.
   *
   * @param files read
   * @param bytes of them
   * @param differences in the order of their files in {@code dataset.json}; empty when the dataset
   *     is as it was written
   */
  public record Outcome(String folder, int files, long bytes, List<Difference> differences) {
    public Outcome {
      differences = List.copyOf(differences);
    }
  }

  /**
   * Verifies the dataset of a folder, or the newest one of a folder that holds several.
   *
   * @param progress takes the bytes of each piece read
   * @throws IOException when there is no dataset, or storage fails; never for a difference
   */
  public static Outcome of(String path, LongConsumer progress) throws IOException {
    return new DatasetVerification(Dataset.locate(path), progress).run();
  }

  private Outcome run() throws IOException {
    // Whatever its bytes are: those that are no text are a difference too.
    byte[] written = Storage.read(Storage.resolve(folder, DatasetManifest.FILE));
    String text = new String(written, StandardCharsets.UTF_8);
    expected.add(DatasetManifest.FILE);
    ManifestCheck manifest = ManifestCheck.of(text, what -> differs(DatasetManifest.FILE, what));
    if (manifest.manifest() != null) {
      parquet(manifest.manifest());
      sideFiles(manifest.manifest());
      schema(manifest.manifest());
      transform(manifest.manifest());
      rejects(manifest.manifest());
      strays();
    }
    return new Outcome(folder, expected.size(), bytes, differences);
  }

  private void parquet(DatasetManifest manifest) throws IOException {
    for (Split split : Split.values()) {
      for (DatasetFile file : manifest.files(split)) {
        if (isSame(new SideFile(file.path(), file.bytes(), file.sha256()))) {
          rowGroups(file);
        }
      }
    }
  }

  private void rowGroups(DatasetFile file) {
    try {
      List<Long> found = RowGroupRows.of(Storage.resolve(folder, file.path()));
      if (!found.equals(file.rowGroups())) {
        differs(
            file.path(),
            "its row groups hold %s rows (%s in %s)"
                .formatted(found, file.rowGroups(), DatasetManifest.FILE));
      }
    } catch (IOException unreadable) {
      differs(file.path(), unreadable.getMessage());
    }
  }

  private void sideFiles(DatasetManifest manifest) throws IOException {
    if (manifest.sideFiles() == null) {
      differs(DatasetManifest.FILE, "it lacks side-files");
      return;
    }
    for (SideFile file : manifest.sideFiles()) {
      isSame(file);
    }
  }

  /** Whether the file is there and is the one that was written. */
  private boolean isSame(SideFile file) throws IOException {
    expected.add(file.path());
    String difference = files.difference(file);
    if (difference != null) {
      differs(file.path(), difference);
    }
    return difference == null;
  }

  private void schema(DatasetManifest manifest) throws IOException {
    if (!isReadable(SCHEMA)) {
      return;
    }
    try {
      String hash = SchemaFile.read(Storage.resolve(folder, SCHEMA)).hash();
      if (!hash.equals(manifest.hashes().schema())) {
        differs(
            SCHEMA,
            "its columns changed: hash %s (hashes.schema %s in %s)"
                .formatted(hash, manifest.hashes().schema(), DatasetManifest.FILE));
      }
    } catch (IOException unreadable) {
      differs(SCHEMA, unreadable.getMessage());
    }
  }

  private void transform(DatasetManifest manifest) throws IOException {
    boolean vocabulariesDiffer = differing.stream().anyMatch(p -> p.startsWith(TRANSFORM + "/"));
    if (!isReadable(TRANSFORM_FILE) || vocabulariesDiffer) {
      return;
    }
    try {
      FittedTransform transform = FittedTransform.read(Storage.resolve(folder, TRANSFORM));
      if (!transform.hash().equals(manifest.hashes().transform())) {
        differs(
            TRANSFORM_FILE,
            "it is another transform: hash %s (hashes.transform %s in %s)"
                .formatted(transform.hash(), manifest.hashes().transform(), DatasetManifest.FILE));
      } else if (!transform.datasetColumns().equals(manifest.columns())) {
        differs(
            TRANSFORM_FILE, "it gives other columns than %s says".formatted(DatasetManifest.FILE));
      }
    } catch (IOException unreadable) {
      differs(TRANSFORM_FILE, unreadable.getMessage());
    }
  }

  private void rejects(DatasetManifest manifest) throws IOException {
    List<String> readable = new ArrayList<>();
    for (String path : manifest.source().rejects().files()) {
      if (isReadable(path)) {
        readable.add(path);
      }
    }
    // A dataset made from batches counts its rejects and keeps none.
    if (!readable.isEmpty() && readable.size() == manifest.source().rejects().files().size()) {
      RejectsCheck.of(
          folder, manifest.source().rejects(), what -> differs(DatasetFolder.REJECTS, what));
    }
  }

  /** Whether the file is there and nothing is known against it; says so when it is missing. */
  private boolean isReadable(String path) throws IOException {
    expected.add(path);
    if (differing.contains(path)) {
      return false;
    }
    if (!Storage.exists(Storage.resolve(folder, path))) {
      differs(path, "it is missing");
      return false;
    }
    return true;
  }

  /** Files where a reader of the dataset looks; a note that someone left beside harms nobody. */
  private void strays() throws IOException {
    for (String path : Storage.pathsBelow(folder)) {
      boolean inside = path.indexOf('/') > 0;
      if (inside && !expected.contains(path)) {
        differs(
            path,
            "it is not part of the dataset; %s does not name it".formatted(DatasetManifest.FILE));
      }
    }
  }

  private void differs(String path, String what) {
    differing.add(path);
    differences.add(new Difference(path, what));
  }
}
