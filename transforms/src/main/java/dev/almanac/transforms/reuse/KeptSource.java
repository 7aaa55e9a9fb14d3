package dev.almanac.transforms.reuse;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFolder;
import dev.almanac.transforms.problem.OtherVersionException;
import dev.almanac.transforms.staging.ChunkSummary;
import dev.almanac.transforms.staging.KeptRange;
import dev.almanac.transforms.staging.RangeSummary;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a dataset keeps of its source in {@code source/}: the rows of every range of every file as
 * they are before encoding, and their statistics, so that the next dataset reads only the files
 * that are new or changed.
 *
 * @param key what the rows depend on beside the files: ranges are reused under an equal key alone
 * @param chunks the ranges in each pair of files, in their order there
 */
public record KeptSource(int formatVersion, String key, List<Chunk> chunks) {
  private static final int FORMAT_VERSION = 1;
  static final String FILE = DatasetFolder.SOURCE + "/index.json";

  public KeptSource {
    chunks = List.copyOf(chunks);
  }

  /** The ranges of one chunk. */
  public record Chunk(int number, List<RangeSummary> ranges) {
    public Chunk {
      ranges = List.copyOf(ranges);
    }
  }

  public static void write(Staging staging, String key, List<ChunkSummary> chunks)
      throws IOException {
    List<Chunk> kept = new ArrayList<>();
    for (ChunkSummary chunk : chunks) {
      kept.add(
          new Chunk(chunk.chunk(), chunk.ranges().stream().map(r -> r.modifiedAt(0)).toList()));
    }
    Storage.writeText(staging.file(FILE), Json.pretty(new KeptSource(FORMAT_VERSION, key, kept)));
  }

  /** Whether a dataset kept its source. */
  public static boolean isIn(Dataset dataset) {
    return dataset.manifest().sideFiles().stream().anyMatch(file -> file.path().equals(FILE));
  }

  /**
   * Reads what a dataset kept.
   *
   * @throws IOException when it is not what was written, or another version's
   */
  public static KeptSource open(Dataset dataset) throws IOException {
    dataset.require(
        dataset.manifest().sideFiles().stream()
            .filter(file -> file.path().equals(FILE) || file.path().equals(KeptTypes.PATH))
            .toList(),
        read -> {});
    String path = Storage.resolve(dataset.folder(), FILE);
    KeptSource kept = Json.read(Storage.readText(path), KeptSource.class, path);
    if (kept.formatVersion != FORMAT_VERSION) {
      throw new OtherVersionException(
          "Cannot reuse %s: this Almanac reads format-version %s (%s found)"
              .formatted(path, FORMAT_VERSION, kept.formatVersion));
    }
    return kept;
  }

  /** Where what is kept of each source file lies, by its path; of those whose content is known. */
  Map<String, List<KeptRange>> ranges(String dataset) {
    Map<String, List<KeptRange>> ranges = new HashMap<>();
    for (Chunk chunk : chunks) {
      for (int i = 0; i < chunk.ranges().size(); i++) {
        RangeSummary range = chunk.ranges().get(i);
        if (range.extent().hash() != null) {
          ranges
              .computeIfAbsent(range.range().file().path(), path -> new ArrayList<>())
              .add(
                  new KeptRange(
                      Storage.resolve(dataset, DatasetFolder.keptRows(chunk.number())),
                      i,
                      Storage.resolve(dataset, DatasetFolder.keptStatistics(chunk.number())),
                      range));
        }
      }
    }
    return ranges;
  }
}
