package dev.almanac.transforms.staging;

import dev.almanac.transforms.feature.plan.UnreadableCounts;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.source.SourceRange;
import dev.almanac.transforms.source.SourceRows;
import dev.almanac.transforms.storage.StoredFile;
import java.io.Serializable;
import java.util.List;

/**
 * What reading a range of a source file came to.
 *
 * @param ledger where its rows went; its bytes are the range's
 * @param unreadable cells that the row-wise features could not read, by group; lines of their
 *     places count from the range's first row
 * @param classes rows of validation and test by class of the label, lines likewise; null of a label
 *     that is a number
 * @param statistics offset of its statistics in the chunk's file of kept ones; -1 when not kept
 * @param findings what a person should know of it
 */
public record RangeSummary(
    SourceRange range,
    SourceRows.Extent extent,
    SourceLedger ledger,
    UnreadableCounts unreadable,
    List<ClassRows> classes,
    long statistics,
    RangeFindings findings)
    implements Serializable {
  /** The same of a file last written then. */
  public RangeSummary modifiedAt(long time) {
    StoredFile file = range.file();
    return new RangeSummary(
        range.of(new StoredFile(file.path(), file.bytes(), time)),
        extent,
        ledger,
        unreadable,
        classes,
        statistics,
        findings);
  }
}
