package dev.almanac.transforms.dataset;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a dataset keeps of its source in {@code source/}: the rows of every range of every file as
 * they are before encoding, and their statistics, so that the next dataset reads only the files
 * that are new or changed.
 *
 * @param key what the rows depend on beside the files: ranges are reused under an equal key alone
 * @param chunks the ranges in each pair of files, in their order there
 */
public record KeptSource(int formatVersion, String key, List<Chunk> chunks) {
  public static final String FOLDER = "source";

  private static final int FORMAT_VERSION = 1;
  private static final String FILE = FOLDER + "/index.json";

  /** Begins the names of what says of source files more than their content: how old they are. */
  private static final String OF_FILES = FOLDER + "/files-";

  private static final String AGES = OF_FILES + "age.json";

  public KeptSource {
    chunks = List.copyOf(chunks);
  }

  /** The ranges of one chunk. */
  public record Chunk(int number, List<RangeSummary> ranges) {
    public Chunk {
      ranges = List.copyOf(ranges);
    }

    private Chunk of(Map<String, Long> modified) {
      return new Chunk(
          number,
          ranges.stream()
              .map(r -> r.modifiedAt(modified.getOrDefault(r.range().file().path(), 0L)))
              .toList());
    }
  }

  static String rowsPath(int chunk) {
    return FOLDER + "/chunk-%06d.rows".formatted(chunk);
  }

  static String statisticsPath(int chunk) {
    return FOLDER + "/chunk-%06d.statistics".formatted(chunk);
  }

  static void write(Staging staging, String key, List<ChunkSummary> chunks) throws IOException {
    Map<String, Long> ages = new TreeMap<>();
    List<Chunk> kept = new ArrayList<>();
    for (ChunkSummary chunk : chunks) {
      for (RangeSummary range : chunk.ranges()) {
        ages.put(range.range().file().path(), range.range().file().modified());
      }
      kept.add(
          new Chunk(chunk.chunk(), chunk.ranges().stream().map(r -> r.modifiedAt(0)).toList()));
    }
    Storage.writeText(staging.file(FILE), Json.pretty(new KeptSource(FORMAT_VERSION, key, kept)));
    Storage.writeText(staging.file(AGES), Json.pretty(new Ages(ages)));
  }

  /** When each source file was last written, as {@link StoredFile} says. */
  private record Ages(Map<String, Long> modified) {}

  /** Whether a dataset kept its source. */
  public static boolean isIn(String dataset) throws IOException {
    return Storage.exists(Storage.resolve(dataset, FILE));
  }

  /**
   * Reads what a dataset kept.
   *
   * @throws IOException when there is none, or another version's
   */
  public static KeptSource read(String dataset) throws IOException {
    String path = Storage.resolve(dataset, FILE);
    KeptSource kept = Json.read(Storage.readText(path), KeptSource.class, path);
    if (kept.formatVersion != FORMAT_VERSION) {
      throw new ForeseenException(
          "Cannot reuse %s: this Almanac reads format-version %d (%d found)"
              .formatted(path, FORMAT_VERSION, kept.formatVersion));
    }
    String ages = Storage.resolve(dataset, AGES);
    Map<String, Long> modified = Json.read(Storage.readText(ages), Ages.class, ages).modified();
    return new KeptSource(
        kept.formatVersion,
        kept.key,
        kept.chunks.stream().map(chunk -> chunk.of(modified)).toList());
  }

  /**
   * The same chunks, with what is kept of those of their ranges whose files have the size they had.
   * A range with rejected rows is read again, for their places and reasons.
   *
   * @param dataset the folder that this was read from
   */
  public List<SourceChunk> reusedIn(List<SourceChunk> source, String dataset) {
    Map<String, List<KeptRange>> byFile = new HashMap<>();
    for (Chunk chunk : chunks) {
      for (int i = 0; i < chunk.ranges().size(); i++) {
        RangeSummary range = chunk.ranges().get(i);
        if (range.extent().hash() != null && range.ledger().rejected() == 0) {
          byFile
              .computeIfAbsent(range.range().file().path(), path -> new ArrayList<>())
              .add(
                  new KeptRange(
                      Storage.resolve(dataset, rowsPath(chunk.number())),
                      i,
                      Storage.resolve(dataset, statisticsPath(chunk.number())),
                      range));
        }
      }
    }
    return source.stream()
        .map(
            chunk ->
                new SourceChunk(
                    chunk.number(),
                    chunk.ranges().stream()
                        .map(
                            range ->
                                reused(range, byFile.getOrDefault(range.file().path(), List.of())))
                        .toList()))
        .toList();
  }

  private static SourceRange reused(SourceRange range, List<KeptRange> kept) {
    return kept.stream()
        .filter(candidate -> candidate.mayHold(range))
        .findFirst()
        .map(range::with)
        .orElse(range);
  }
}
