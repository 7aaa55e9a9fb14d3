package dev.almanac.transforms.staging;

import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.reject.Reject;
import java.util.List;
import java.util.Map;

/**
 * What reading a chunk of the source came to. Its rows lie in a spool, its statistics and its
 * rejects in files of their own.
 *
 * @param spooled rows of each split, by the split's name
 * @param ranges what each range came to
 * @param rejectReasons rejected rows by reason
 * @param firstRejects a few of them
 * @param kept the files that the dataset keeps of it
 */
public record ChunkSummary(
    int chunk,
    Map<String, Long> spooled,
    List<RangeSummary> ranges,
    Map<String, Long> rejectReasons,
    List<Reject> firstRejects,
    List<SideFile> kept) {
  public ChunkSummary {
    ranges = List.copyOf(ranges);
    firstRejects = List.copyOf(firstRejects);
    kept = List.copyOf(kept);
  }
}
