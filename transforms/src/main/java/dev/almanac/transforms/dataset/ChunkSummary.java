package dev.almanac.transforms.dataset;

import dev.almanac.transforms.artifact.SourceLedger;
import java.util.List;
import java.util.Map;

/**
 * What reading a chunk of the source came to. Its rows lie in a spool, its statistics and its
 * rejects in files of their own.
 *
 * @param spooled rows of each split, by the split's name
 * @param files the ledger of each file
 * @param rejectReasons rejected rows by reason
 * @param firstRejects a few of them, as a person would read them
 */
public record ChunkSummary(
    int chunk,
    Map<String, Long> spooled,
    List<SourceLedger> files,
    Map<String, Long> rejectReasons,
    List<String> firstRejects) {
  public ChunkSummary {
    files = List.copyOf(files);
    firstRejects = List.copyOf(firstRejects);
  }
}
