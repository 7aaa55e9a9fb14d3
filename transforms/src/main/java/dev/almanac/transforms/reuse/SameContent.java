package dev.almanac.transforms.reuse;

import dev.almanac.transforms.csv.stream.Decompression;
import dev.almanac.transforms.manifest.FileHash;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.source.ContentHash;
import dev.almanac.transforms.source.SourceFormat;
import dev.almanac.transforms.source.SourceRows;
import dev.almanac.transforms.staging.ChunkSummary;
import dev.almanac.transforms.staging.RangeSummary;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import dev.almanac.transforms.storage.WatchedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Source files that hold the same text, compressed or not: copies, links, an archive beside. */
public final class SameContent {
  private SameContent() {}

  /**
   * A file that was read.
   *
   * @param hash of its bytes as stored; null where not all were read
   * @param textBytes of the expanded text; -1 where nobody counted
   * @param sum of it; -1 where the file was read in ranges
   */
  public record Read(String path, long bytes, String hash, long textBytes, long sum, long rows) {
    /** A file that was read whole, from its first row to its last. */
    public static Read of(StoredFile file, SourceRows.Extent extent, long rows) {
      return new Read(
          file.path(), file.bytes(), extent.hash(), extent.textBytes(), extent.textSum(), rows);
    }
  }

  /**
   * For files that hold what an earlier one in the list holds, the path of that one.
   *
   * <p>Compressed files are read to their ends, others where one of the same length is there.
   */
  public static Map<String, String> among(List<StoredFile> files) throws IOException {
    Map<StoredFile, FileHash> texts = new HashMap<>();
    Map<Long, Integer> lengths = new HashMap<>();
    for (StoredFile file : files) {
      boolean plain = SourceFormat.of(file.path()).isPlain(file);
      if (!plain) {
        texts.put(file, WatchedFile.read(file, in -> text(in, file.path())));
      }
      lengths.merge(plain ? file.bytes() : texts.get(file).bytes(), 1, Integer::sum);
    }
    Map<String, String> same = new TreeMap<>();
    Map<FileHash, String> first = new HashMap<>();
    for (StoredFile file : files) {
      if (!texts.containsKey(file)) {
        if (lengths.get(file.bytes()) < 2) {
          continue;
        }
        texts.put(file, WatchedFile.read(file, FileHash::of));
      }
      String earlier = first.putIfAbsent(texts.get(file), file.path());
      if (earlier != null) {
        same.put(file.path(), earlier);
      }
    }
    return same;
  }

  /** What is to be said of files that were read though they hold the same; at most one notice. */
  public static List<Notice> notices(List<ChunkSummary> summaries) throws IOException {
    return said(reads(summaries));
  }

  /**
   * The same of files read otherwise; those without a row hold nothing.
   *
   * @param reads in the order in which a file is an earlier one
   */
  public static List<Notice> said(List<Read> reads) throws IOException {
    List<String> pairs = new ArrayList<>();
    for (List<Read> group : groups(reads.stream().filter(read -> read.rows > 0).toList())) {
      for (Read again : group.subList(1, group.size())) {
        pairs.add("%s = %s".formatted(again.path(), group.get(0).path()));
      }
    }
    if (pairs.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Notice(
            Notice.Kind.SAME_CONTENT,
            null,
            pairs.size(),
            "%s the same content as another one, so that rows are here more than once; source.duplicates: skip reads each content once, refuse stops"
                .formatted(Count.of(pairs.size(), "file holds", "files hold")),
            pairs));
  }

  private static List<Read> reads(List<ChunkSummary> summaries) {
    Map<String, Read> reads = new LinkedHashMap<>();
    Map<String, List<String>> hashes = new HashMap<>();
    for (ChunkSummary summary : summaries) {
      for (RangeSummary range : summary.ranges()) {
        String path = range.ledger().path();
        SourceRows.Extent extent = range.extent();
        hashes.computeIfAbsent(path, p -> new ArrayList<>()).add(extent.hash());
        reads.merge(
            path,
            new Read(
                path,
                range.ledger().bytes(),
                null,
                extent.textBytes(),
                extent.textSum(),
                range.ledger().rows().read()),
            (one, other) ->
                new Read(
                    path,
                    one.bytes + other.bytes,
                    null,
                    one.textBytes + other.textBytes,
                    -1,
                    one.rows + other.rows));
      }
    }
    return reads.values().stream()
        .map(
            read -> {
              List<String> parts = hashes.get(read.path);
              String hash = parts.contains(null) ? null : ContentHash.of(parts);
              return new Read(read.path, read.bytes, hash, read.textBytes, read.sum, read.rows);
            })
        .toList();
  }

  /** Files of the same content, two or more, each group in the order given. */
  private static List<List<Read>> groups(List<Read> reads) throws IOException {
    Map<Long, List<Read>> unhashed = new HashMap<>();
    for (Read read : reads) {
      if (read.hash == null) {
        unhashed.computeIfAbsent(read.bytes, bytes -> new ArrayList<>()).add(read);
      }
    }
    Map<String, List<Read>> byHash = new LinkedHashMap<>();
    Map<Long, List<Read>> byLength = new LinkedHashMap<>();
    for (Read read : reads) {
      String hash = read.hash;
      if (hash == null && unhashed.get(read.bytes).size() < 2) {
        continue;
      }
      if (hash == null) {
        hash = FileHash.of(read.path).sha256();
      }
      List<Read> same = byHash.computeIfAbsent(hash, h -> new ArrayList<>());
      same.add(read);
      if (same.size() == 1 && read.textBytes >= 0) {
        byLength.computeIfAbsent(read.textBytes, length -> new ArrayList<>()).add(read);
      }
    }
    List<List<Read>> groups = new ArrayList<>();
    Map<String, List<Read>> byText = new HashMap<>();
    for (List<Read> same : byHash.values()) {
      Read first = same.get(0);
      if (!mayBeAnother(first, byLength.getOrDefault(first.textBytes, List.of()))) {
        groups.add(same);
        continue;
      }
      try (InputStream in = Storage.open(first.path)) {
        List<Read> known = byText.putIfAbsent(text(in, first.path).sha256(), same);
        if (known == null) {
          groups.add(same);
        } else {
          known.addAll(same);
        }
      }
    }
    return groups.stream().filter(group -> group.size() > 1).toList();
  }

  /** Whether a file stored otherwise may have the same text. */
  private static boolean mayBeAnother(Read read, List<Read> sameLength) {
    return sameLength.stream()
        .anyMatch(
            other -> other != read && (read.sum < 0 || other.sum < 0 || read.sum == other.sum));
  }

  private static FileHash text(InputStream stored, String path) throws IOException {
    return FileHash.of(Decompression.of(stored, path));
  }
}
