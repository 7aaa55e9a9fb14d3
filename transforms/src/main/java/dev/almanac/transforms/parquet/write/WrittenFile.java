package dev.almanac.transforms.parquet.write;

import java.util.List;

/**
 * Describes a file that a writer has written.
 *
 * @param rowGroups rows of each row group, in the file's order
 * @param bytes the size of the file
 * @param sha256 of the whole file, lower-case hexadecimal
 */
public record WrittenFile(long rows, List<Long> rowGroups, long bytes, String sha256) {
  public WrittenFile {
    rowGroups = List.copyOf(rowGroups);
  }
}
