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
import java.util.List;
import java.util.Objects;

/**
 * {@code dataset.json}: what a dataset holds and what it was made from. Written last; a folder
 * without it is no dataset. Its last key guards the file itself, see {@link SealedJson}.
 *
 * @param formatVersion of this file; this code writes and reads {@value #FORMAT_VERSION}
 * @param name the config's name
 * @param made not part of {@link #hash}
 * @param source what became of the source
 * @param sideFiles the dataset's files but the parquet files and this; null until they are known,
 *     and not part of {@link #hash}
 */
public record DatasetManifest(
    int formatVersion,
    String name,
    Made made,
    Hashes hashes,
    DatasetColumns columns,
    ParquetFiles parquet,
    Source source,
    List<SideFile> sideFiles) {

  public static final int FORMAT_VERSION = 2;
  public static final String FILE = "dataset.json";

  public DatasetManifest {
    Objects.requireNonNull(hashes, "hashes");
    Objects.requireNonNull(parquet, "parquet");
    Objects.requireNonNull(source, "source");
    sideFiles = sideFiles == null ? null : List.copyOf(sideFiles);
  }

  /** A manifest of this version, to be hashed once its side files are known. */
  public static DatasetManifest of(
      String name,
      Made made,
      Hashes hashes,
      DatasetColumns columns,
      ParquetFiles parquet,
      Source source) {
    return new DatasetManifest(FORMAT_VERSION, name, made, hashes, columns, parquet, source, null);
  }

  /**
   * When and by what a dataset was made.
   *
   * @param created as an ISO-8601 instant in UTC
   */
  public record Made(String created, MadeBy by) {}

  /** The program that wrote a dataset, and where. */
  public record MadeBy(String almanac, String gitCommit, String runner, String java, String host) {}

  /**
   * What a dataset is and what it depends on, each as a sha-256.
   *
   * @param content of all that is equal in equal datasets; null until {@link #hashed}
   * @param config of the parts of the config that the bytes depend on
   * @param schema of {@code schema.json}
   * @param transform of {@code transform/transform.json}
   */
  public record Hashes(String content, String config, String schema, String transform) {
    /** Of a dataset whose own is not known yet. */
    public static Hashes of(String config, String schema, String transform) {
      return new Hashes(null, config, schema, transform);
    }

    private Hashes withContent(String changed) {
      return new Hashes(changed, config, schema, transform);
    }
  }

  /**
   * The parquet files and how they are laid out.
   *
   * @param rowGroupRows the most rows of a row group; all but a file's last one have as many
   */
  public record ParquetFiles(String order, String codec, long rowGroupRows, Splits splits) {
    public ParquetFiles {
      Objects.requireNonNull(splits, "splits");
    }
  }

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

  /**
   * What became of the source.
   *
   * @param files each with where its rows went
   * @param totals where the rows of all files went
   * @param notices what a person should know of it
   */
  public record Source(
      List<SourceLedger> files, RowCounts totals, Rejects rejects, List<Notice> notices) {
    public Source {
      files = List.copyOf(files);
      Objects.requireNonNull(totals, "totals");
      Objects.requireNonNull(rejects, "rejects");
      notices = List.copyOf(notices);
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

  /**
   * Sha-256 of everything here but when and by what it was made, and the side files: equal for
   * equal datasets.
   */
  public String hash() {
    return hashes.content;
  }

  /** Where the rows of all source files went. */
  public RowCounts totals() {
    return source.totals;
  }

  /** What a person should know of the source. */
  public List<Notice> notices() {
    return source.notices;
  }

  public List<DatasetFile> files(Split split) {
    return switch (split) {
      case TRAIN -> parquet.splits.train;
      case VALIDATION -> parquet.splits.validation;
      case TEST -> parquet.splits.test;
    };
  }

  public long rows(Split split) {
    return files(split).stream().mapToLong(DatasetFile::rows).sum();
  }

  /** This manifest with these files beside the parquet files; to be hashed after. */
  public DatasetManifest withSideFiles(List<SideFile> files) {
    return with(made, hashes, files);
  }

  /** This manifest with its {@link #hash} filled in. */
  @JsonIgnore
  public DatasetManifest hashed() {
    String content = Json.sha256(with(null, hashes.withContent(null), null));
    return with(made, hashes.withContent(content), sideFiles);
  }

  private DatasetManifest with(Made made, Hashes hashes, List<SideFile> sideFiles) {
    return new DatasetManifest(
        formatVersion, name, made, hashes, columns, parquet, source, sideFiles);
  }

  /** Writes {@code dataset.json} into the dataset's folder, whole or not at all. */
  public void write(String folder) throws IOException {
    Storage.writeText(Storage.resolve(folder, FILE), SealedJson.text(this));
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
    SealedJson sealed = SealedJson.of(Storage.read(path));
    if (sealed.problem() != null) {
      throw damaged(folder, sealed.problem(FORMAT_VERSION));
    }
    if (sealed.formatVersion() != FORMAT_VERSION) {
      throw new OtherVersionException(
          "Cannot open dataset %s: this Almanac reads format-version %s of %s (%s found)"
              .formatted(folder, FORMAT_VERSION, FILE, sealed.formatVersion()));
    }
    DatasetManifest manifest = of(sealed, path);
    if (!manifest.hashed().hash().equals(manifest.hash())) {
      throw damaged(folder, "it was changed after it was written (its hash does not fit)");
    }
    if (manifest.sideFiles == null) {
      throw damaged(folder, "it lacks side-files");
    }
    return manifest;
  }

  /**
   * What a file of this version holds, unchecked.
   *
   * @param place the file, for messages
   */
  public static DatasetManifest of(SealedJson file, String place) throws IOException {
    return Json.read(Json.line(file.content()), DatasetManifest.class, place);
  }

  private static DamagedFileException damaged(String folder, String how) {
    return new DamagedFileException(
        "Cannot open dataset %s: %s is not as it was written: %s; `almanac verify %s` compares all of the dataset"
            .formatted(folder, FILE, how, folder));
  }
}
