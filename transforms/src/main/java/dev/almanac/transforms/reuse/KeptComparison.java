package dev.almanac.transforms.reuse;

import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.FileCheck;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.source.ContentPiece;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceRange;
import dev.almanac.transforms.staging.ChunkTask;
import dev.almanac.transforms.staging.DatasetException;
import dev.almanac.transforms.staging.KeptRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a new dataset can reuse of an earlier one: content decides, never size or time.
 *
 * <p>Everything that may be reused is hashed before the work starts: the source files of which
 * something was kept and that have the size they had, and the files that hold what was kept of
 * them. That is for the engine's workers to do: {@link #pieces} says what there is to read, {@link
 * #settled} what comes of it.
 */
public final class KeptComparison {
  private final Dataset earlier;
  private final List<SourceChunk> source;
  private final Map<SourceRange, KeptRange> candidates = new LinkedHashMap<>();
  private final Map<String, SideFile> kept = new LinkedHashMap<>();

  private KeptComparison(Dataset earlier, List<SourceChunk> source) {
    this.earlier = earlier;
    this.source = source;
  }

  /**
   * Looks what may be reused, by paths and sizes.
   *
   * @throws IOException naming a kept file that is missing or has another size
   */
  public static KeptComparison of(KeptSource kept, Dataset earlier, List<SourceChunk> source)
      throws IOException {
    KeptComparison comparison = new KeptComparison(earlier, source);
    comparison.candidates(kept.ranges(earlier.folder()));
    comparison.keptFiles(kept);
    comparison.check().requireSizes(comparison.what(), comparison.keptFiles(), advice());
    return comparison;
  }

  private void candidates(Map<String, List<KeptRange>> keptOf) {
    for (SourceChunk chunk : source) {
      for (SourceRange range : chunk.ranges()) {
        keptOf.getOrDefault(range.file().path(), List.of()).stream()
            .filter(one -> one.mayHold(range))
            .findFirst()
            .ifPresent(one -> candidates.put(range, one));
      }
    }
  }

  private void keptFiles(KeptSource source) throws IOException {
    Map<String, SideFile> written = new HashMap<>();
    earlier.manifest().sideFiles().forEach(file -> written.put(earlier.path(file), file));
    for (KeptRange range : candidates.values()) {
      if (!range.isWhole()) {
        continue;
      }
      for (String path : List.of(range.rows(), range.statistics())) {
        SideFile file = written.get(path);
        if (file == null) {
          throw new DatasetException(
              "Cannot reuse dataset %s: its %s does not name %s, which %s needs; prepare without --since"
                  .formatted(earlier.folder(), DatasetManifest.FILE, path, KeptSource.FILE));
        }
        kept.put(path, file);
      }
    }
  }

  private List<SideFile> keptFiles() {
    return List.copyOf(kept.values());
  }

  private FileCheck check() {
    return new FileCheck(earlier.folder(), DatasetManifest.FILE, read -> {});
  }

  private String what() {
    return "Cannot reuse dataset " + earlier.folder();
  }

  private static String advice() {
    return "prepare without --since, or since another dataset";
  }

  /** What must be hashed, in any order and anywhere. */
  public List<ContentPiece> pieces() {
    List<ContentPiece> pieces = new ArrayList<>();
    candidates.keySet().forEach(range -> pieces.add(ContentPiece.of(range)));
    kept.forEach(
        (path, file) -> pieces.add(new ContentPiece(path, 0, SourceRange.END, file.bytes())));
    return pieces;
  }

  /**
   * Compares what was hashed.
   *
   * @param hashed of all {@link #pieces}
   * @throws IOException naming the kept files that changed
   */
  public Reused settled(List<ContentPiece.Hashed> hashed) throws IOException {
    Map<ContentPiece, String> hashes = new HashMap<>();
    hashed.forEach(
        piece ->
            hashes.put(
                new ContentPiece(piece.path(), piece.from(), piece.until(), 0), piece.hash()));
    check()
        .requireHashes(
            what(),
            keptFiles(),
            file -> hashes.get(new ContentPiece(earlier.path(file), 0, SourceRange.END, 0)),
            advice());
    Set<String> same = new HashSet<>();
    Set<String> changed = new HashSet<>();
    List<ChunkTask> chunks = new ArrayList<>();
    for (SourceChunk chunk : source) {
      Map<Integer, KeptRange> reused = new HashMap<>();
      for (int i = 0; i < chunk.ranges().size(); i++) {
        SourceRange range = chunk.ranges().get(i);
        KeptRange candidate = candidates.get(range);
        String hash =
            hashes.get(new ContentPiece(range.file().path(), range.from(), range.until(), 0));
        boolean isSame = candidate != null && candidate.summary().extent().hash().equals(hash);
        (isSame ? same : changed).add(range.file().path());
        if (isSame && candidate.isWhole()) {
          reused.put(i, candidate);
        }
      }
      chunks.add(new ChunkTask(chunk, reused));
    }
    same.removeAll(changed);
    return new Reused(chunks, same);
  }

  /**
   * What can be reused.
   *
   * @param chunks of the source, with what is kept of their ranges
   * @param same the paths of the files whose content is what it was, all of it
   */
  public record Reused(List<ChunkTask> chunks, Set<String> same) {
    public Reused {
      chunks = List.copyOf(chunks);
      same = Set.copyOf(same);
    }

    /** Ranges of the source whose rows need not be read. */
    public long ranges() {
      return chunks.stream().mapToLong(task -> task.kept().size()).sum();
    }
  }
}
