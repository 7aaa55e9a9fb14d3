package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFolder;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The datasets of a study, one for each distinct way to prepare that its trials ask for, kept in
 * the study's {@code datasets.json}. One is prepared at a time, by one of the processes that work
 * on the study. Thread-safe.
 *
 * <p>A study killed and opened again goes on with the same datasets. Each is hashed once, when it
 * is first used; trials then trust it.
 */
final class StudyDatasets {
  static final String FILE = "datasets.json";
  private static final int FORMAT_VERSION = 1;

  /** Where the process that prepares leaves its name. */
  private static final String PREPARING = "preparing";

  private final String path;
  private final Preparation preparation;
  private final Map<String, Entry> entries;
  private final Map<String, Dataset> open = new TreeMap<>();
  private final Lock turn = new ReentrantLock();

  /** Makes the dataset of a config. */
  interface Preparation {
    Dataset prepare(AlmanacConfig config) throws Exception;
  }

  /**
   * A dataset.
   *
   * @param hash of its manifest
   */
  record Entry(String folder, String hash) {}

  private record StudyFile(int formatVersion, Map<String, Entry> datasets) {}

  private StudyDatasets(String path, Preparation preparation, Map<String, Entry> entries) {
    this.path = path;
    this.preparation = preparation;
    this.entries = new TreeMap<>(entries);
  }

  /**
   * Opens a study's datasets.
   *
   * @param dataset that suits the config as it stands; null when there is none yet
   * @throws SearchException when the study's earlier trials had other data for the same config
   */
  static StudyDatasets open(
      String folder, Preparation preparation, AlmanacConfig config, Dataset dataset)
      throws Exception {
    String path = Storage.resolve(folder, FILE);
    Map<String, Entry> entries = Storage.exists(path) ? read(folder, path) : Map.of();
    StudyDatasets datasets = new StudyDatasets(path, preparation, entries);
    if (dataset != null) {
      Entry before = entries.get(config.datasetHash());
      if (before == null) {
        datasets.add(config.datasetHash(), dataset);
      } else if (!before.hash().equals(dataset.manifest().hash())) {
        throw new SearchException(
            "Cannot go on with study %s: its trials had the data of %s, which differ from those of %s; name the former by --dataset, or give the study another name"
                .formatted(folder, before.folder(), dataset.folder()));
      }
    }
    return datasets;
  }

  private static Map<String, Entry> read(String folder, String path) throws IOException {
    String damage;
    try {
      StudyFile file = Json.read(Storage.readText(path), StudyFile.class, path);
      if (file.datasets() != null && file.formatVersion() == FORMAT_VERSION) {
        return file.datasets();
      }
      damage =
          "format-version %s is read (%s found)".formatted(FORMAT_VERSION, file.formatVersion());
    } catch (IOException e) {
      damage = e.getMessage();
    }
    throw new SearchException(
        "Cannot go on with study %s: its %s, which says what its trials read, is damaged or of another version (%s); put a copy of the file back, or give the study another name"
            .formatted(folder, FILE, damage));
  }

  /** Held while one is prepared; whoever else runs pipelines for the study holds it as well. */
  Lock turn() {
    return turn;
  }

  /** The folder of the dataset for a trial's config, prepared now when it is the first to ask. */
  synchronized String folder(AlmanacConfig config) throws Exception {
    String hash = config.datasetHash();
    Dataset dataset = open.get(hash);
    if (dataset == null) {
      Entry entry = entries.get(hash);
      if (entry == null) {
        entry = prepared(config);
      } else if (!new DatasetFolder(entry.folder()).isFinished()) {
        entry = replaced(config, entry);
      }
      dataset = new Dataset(entry.folder(), DatasetManifest.read(entry.folder()));
      if (!dataset.manifest().hash().equals(entry.hash())) {
        throw new SearchException(
            "Cannot go on with %s: dataset %s is not the one that its trials had (hash %s, expected %s); give the study another name"
                .formatted(path, entry.folder(), dataset.manifest().hash(), entry.hash()));
      }
      dataset.verify(List.of(Split.TRAIN, Split.VALIDATION));
      open.put(hash, dataset);
    }
    return dataset.folder();
  }

  /** How many row groups the train split of a config's dataset has; it is prepared if need be. */
  int rowGroups(AlmanacConfig config) throws Exception {
    return DatasetManifest.read(folder(config)).files(Split.TRAIN).stream()
        .mapToInt(file -> file.rowGroups().size())
        .sum();
  }

  /** One process of a study prepares at a time; the others take what it made. */
  private Entry prepared(AlmanacConfig config) throws Exception {
    String hash = config.datasetHash();
    Lease lease = alone();
    try {
      entries.putAll(written());
      if (!entries.containsKey(hash)) {
        add(hash, prepare(config));
      }
      return entries.get(hash);
    } finally {
      lease.close();
    }
  }

  private Dataset prepare(AlmanacConfig config) throws Exception {
    turn.lock();
    try {
      return preparation.prepare(config);
    } finally {
      turn.unlock();
    }
  }

  private Lease alone() throws IOException, InterruptedException {
    String place = Storage.sibling(path, PREPARING);
    while (true) {
      try {
        return Lease.take(place, "prepare for %s".formatted(path));
      } catch (LeaseException busy) {
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private Map<String, Entry> written() throws IOException {
    return Storage.exists(path) ? read(Storage.sibling(path, ""), path) : Map.of();
  }

  /** The same data elsewhere, when its folder was moved or deleted: found, or prepared again. */
  private Entry replaced(AlmanacConfig config, Entry gone) throws Exception {
    Dataset found = find(config.output().dataset(), gone.hash());
    if (found == null) {
      found = prepare(config);
    }
    if (!found.manifest().hash().equals(gone.hash())) {
      throw new SearchException(
          "Cannot go on with the study of %s: the dataset of its trials is gone (%s), and what is prepared now is not the same (hash %s, expected %s); give the study another name"
              .formatted(path, gone.folder(), found.manifest().hash(), gone.hash()));
    }
    add(config.datasetHash(), found);
    return entries.get(config.datasetHash());
  }

  /** The newest dataset of a folder that has this hash; null when none has. */
  private static Dataset find(String root, String hash) throws IOException {
    for (String folder : Dataset.newestFirst(root)) {
      try {
        Dataset dataset = new Dataset(folder, DatasetManifest.read(folder));
        if (dataset.manifest().hash().equals(hash)) {
          return dataset;
        }
      } catch (IOException unreadable) {
        // Not the one that is looked for, as far as can be said.
      }
    }
    return null;
  }

  private void add(String configHash, Dataset dataset) throws Exception {
    Map<String, Entry> others = written();
    others.forEach(entries::putIfAbsent);
    entries.put(configHash, new Entry(dataset.folder(), dataset.manifest().hash()));
    Storage.writeText(path, Json.pretty(new StudyFile(FORMAT_VERSION, entries)));
  }
}
