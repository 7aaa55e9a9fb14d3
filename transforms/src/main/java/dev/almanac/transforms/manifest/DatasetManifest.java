package dev.almanac.transforms.manifest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.SealedJson;
import dev.almanac.transforms.problem.DamagedFileException;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.problem.OtherVersionException;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code dataset.json}: what a dataset holds and what it was made from. Written last; a folder
 * without it is no dataset.
 *
 * @param formatVersion of this file; this code writes and reads {@value #FORMAT_VERSION}
 * @param name the config's name
 * @param created when, as an ISO-8601 instant in UTC; not part of {@link #hash}
 * @param madeBy the program that wrote it; not part of {@link #hash}
 * @param configHash sha-256 of the parts of the config that the bytes depend on
 * @param schemaHash of {@code schema.json}
 * @param transformHash of {@code transform/transform.json}
 * @param rowGroupRows the most rows of a row group; all but a file's last one have as many
 * @param totals the sum of {@code source}
 * @param notices what a person should know of the source
 * @param hash sha-256 of everything here but created, made-by, side-files, file-hash and this
 * @param sideFiles the dataset's other files; null until they are known
 * @param fileHash sha-256 of everything here but this; null until {@link #hashed}
 */
public record DatasetManifest(
    int formatVersion,
    String name,
    String created,
    MadeBy madeBy,
    String hash,
    String configHash,
    String schemaHash,
    String transformHash,
    DatasetColumns columns,
    String order,
    String codec,
    long rowGroupRows,
    Splits splits,
    SourceLedger totals,
    Rejects rejects,
    List<SourceLedger> source,
    List<Notice> notices,
    List<SideFile> sideFiles,
    String fileHash) {

  public static final int FORMAT_VERSION = 1;
  public static final String FILE = "dataset.json";

  public DatasetManifest {
    source = List.copyOf(source);
    notices = List.copyOf(notices);
    sideFiles = sideFiles == null ? null : List.copyOf(sideFiles);
  }

  /** The program that wrote a dataset, and where. */
  public record MadeBy(String almanac, String gitCommit, String runner, String java, String host) {}

  /** The parquet files of each split. */
  public record Splits(
      @JsonProperty("train") List<DatasetFile> train,
      @JsonProperty("validation") List<DatasetFile> validation,
      @JsonProperty("test") List<DatasetFile> test) {
    public Splits {
      train = List.copyOf(train);
      validation = List.copyOf(validation);
      test = List.copyOf(test);
    }
  }

  /** The files that hold rejected rows, and how many rows each reason took. */
  public record Rejects(long rows, List<String> files, List<ReasonCount> reasons) {
    public Rejects {
      files = List.copyOf(files);
      reasons = List.copyOf(reasons);
    }
  }

  /** How many rows were rejected for one reason. */
  public record ReasonCount(String reason, long rows) {}

  public List<DatasetFile> files(Split split) {
    return switch (split) {
      case TRAIN -> splits.train();
      case VALIDATION -> splits.validation();
      case TEST -> splits.test();
    };
  }

  public long rows(Split split) {
    return files(split).stream().mapToLong(DatasetFile::rows).sum();
  }

  /** This manifest with these files beside the parquet files; to be hashed after. */
  public DatasetManifest withSideFiles(List<SideFile> files) {
    return with(created, madeBy, hash, files, fileHash);
  }

  /** This manifest with its {@link #hash} and {@link #fileHash} filled in. */
  @JsonIgnore
  public DatasetManifest hashed() {
    String content = Json.sha256(with(null, null, null, null, null));
    DatasetManifest whole = with(created, madeBy, content, sideFiles, null);
    return whole.with(created, madeBy, content, sideFiles, Json.sha256(whole));
  }

  private DatasetManifest with(
      String created, MadeBy madeBy, String hash, List<SideFile> sideFiles, String fileHash) {
    return new DatasetManifest(
        formatVersion,
        name,
        created,
        madeBy,
        hash,
        configHash,
        schemaHash,
        transformHash,
        columns,
        order,
        codec,
        rowGroupRows,
        splits,
        totals,
        rejects,
        source,
        notices,
        sideFiles,
        fileHash);
  }

  /** Writes {@code dataset.json} into the dataset's folder, whole or not at all. */
  public void write(String folder) throws IOException {
    Storage.writeText(Storage.resolve(folder, FILE), Json.pretty(this));
  }

  /**
   * Reads {@code dataset.json} of a dataset's folder.
   *
   * @throws DamagedFileException when it is not, to the byte, what was written
   * @throws OtherVersionException when it is another version's
   * @throws IOException when there is none
   */
  public static DatasetManifest read(String folder) throws IOException {
    String path = Storage.resolve(folder, FILE);
    if (!Storage.exists(path)) {
      throw new ForeseenException(
          "Cannot open dataset %s: it has no %s; name a folder that `prepare` finished, or run it again"
              .formatted(folder, FILE));
    }
    byte[] bytes = Storage.read(path);
    SealedJson sealed = SealedJson.of(bytes);
    if (sealed.problem() != null) {
      throw damaged(folder, sealed.problem(FORMAT_VERSION));
    }
    if (sealed.formatVersion() != FORMAT_VERSION) {
      throw new OtherVersionException(
          "Cannot open dataset %s: this Almanac reads format-version %s of %s (%s found)"
              .formatted(folder, FORMAT_VERSION, FILE, sealed.formatVersion()));
    }
    DatasetManifest manifest =
        Json.read(new String(bytes, StandardCharsets.UTF_8), DatasetManifest.class, path);
    if (!manifest.hashed().hash().equals(manifest.hash)) {
      throw damaged(folder, "it was changed after it was written (its hash does not fit)");
    }
    if (manifest.sideFiles == null) {
      throw damaged(folder, "it lacks side-files");
    }
    return manifest;
  }

  private static DamagedFileException damaged(String folder, String how) {
    return new DamagedFileException(
        "Cannot open dataset %s: %s is not as it was written: %s; `almanac verify %s` compares all of the dataset"
            .formatted(folder, FILE, how, folder));
  }
}
