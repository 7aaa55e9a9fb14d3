package dev.almanac.transforms.manifest;

import java.util.List;

/**
 * One parquet file of a dataset.
 *
 * @param path below the dataset's folder, such as {@code train/part-00000-of-00004.parquet}
 * @param rowGroups rows of each row group, in the file's order
 * @param sha256 of the whole file, lower-case hexadecimal
 */
public record DatasetFile(String path, long rows, List<Long> rowGroups, long bytes, String sha256) {
  public DatasetFile {
    rowGroups = List.copyOf(rowGroups);
  }
}
