package dev.almanac.transforms.source;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The present content of source files, as a dataset's ledger has the earlier one. */
public final class SourceContent {
  private SourceContent() {}

  /** The hash of each file by its path, as preparing it in this format would find it. */
  public static Map<String, String> hashes(List<StoredFile> files, CsvFormat format)
      throws IOException {
    Map<String, List<String>> ranges = new TreeMap<>();
    for (SourceChunk chunk : SourceChunk.split(files, format)) {
      for (SourceRange range : chunk.ranges()) {
        ranges
            .computeIfAbsent(range.file().path(), path -> new ArrayList<>())
            .add(ContentPiece.of(range).hash().hash());
      }
    }
    Map<String, String> hashes = new TreeMap<>();
    ranges.forEach((path, parts) -> hashes.put(path, ContentHash.of(parts)));
    return hashes;
  }
}
