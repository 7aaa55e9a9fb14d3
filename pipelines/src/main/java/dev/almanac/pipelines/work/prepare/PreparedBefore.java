package dev.almanac.pipelines.work.prepare;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.pipelines.work.Version;
import dev.almanac.pipelines.work.source.SourceFiles;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.reuse.KeptSource;
import dev.almanac.transforms.schema.SchemaFile;
import dev.almanac.transforms.source.SourceContent;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds the dataset that preparing a config now would make once more. When in doubt there is none:
 * rows were rejected, the source holds files whose content the dataset does not know, or a newer
 * dataset is damaged.
 */
public final class PreparedBefore {
  private PreparedBefore() {}

  public static Optional<Dataset> find(AlmanacConfig config, Progress progress)
      throws IOException, RequestException {
    List<String> folders = Dataset.newestFirst(config.output().dataset());
    if (folders.isEmpty()) {
      return Optional.empty();
    }
    SourceFiles source =
        SourceFiles.find(config.source().files(), config.source().duplicates(), "source.files");
    Map<String, Long> sizes = new TreeMap<>();
    source.files().forEach(file -> sizes.put(file.path(), file.bytes()));
    String wanted = config.datasetHash();
    Map<String, String> now = null;
    for (String folder : folders) {
      Dataset dataset;
      try {
        dataset = new Dataset(folder, DatasetManifest.read(folder));
      } catch (IOException unreadable) {
        progress.line(
            "preparing anew, since no older dataset is taken for one that cannot be read: %s"
                .formatted(unreadable.getMessage()));
        return Optional.empty();
      }
      if (!dataset.manifest().hashes().config().equals(wanted)
          || !isOf(config, dataset)
          || !sizes.equals(ledger(dataset, SourceLedger::bytes))) {
        continue;
      }
      if (now == null) {
        progress.line(
            "hashing %s source files: there is a dataset of this config".formatted(sizes.size()));
        now = SourceContent.hashes(source.files(), config.source().format());
      }
      if (now.equals(ledger(dataset, SourceLedger::hash))) {
        return Optional.of(dataset);
      }
      progress.line("not taking %s: the source has changed since".formatted(folder));
    }
    return Optional.empty();
  }

  /** Whether the same code made it of the same schema, as a whole and to be reused. */
  private static boolean isOf(AlmanacConfig config, Dataset dataset) throws IOException {
    DatasetManifest manifest = dataset.manifest();
    Version version = Version.here();
    return manifest.made().by().almanac().equals(version.almanac())
        && Objects.equals(manifest.made().by().gitCommit(), version.gitCommit())
        && manifest.totals().rejected() == 0
        && (!config.output().keepSource() || KeptSource.isIn(dataset))
        && (config.schema() == null
            || Storage.exists(config.schema())
                && SchemaFile.read(config.schema()).hash().equals(manifest.hashes().schema()));
  }

  private static <T> Map<String, T> ledger(Dataset dataset, Function<SourceLedger, T> value) {
    Map<String, T> values = new TreeMap<>();
    for (SourceLedger file : dataset.manifest().source().files()) {
      if (file.leftOut() == null) {
        values.put(file.path(), value.apply(file));
      }
    }
    return values;
  }
}
