package dev.almanac.transforms.artifact;

/**
 * A file of a dataset that is neither parquet nor {@code dataset.json}: the schema, the transform,
 * a vocabulary, rejected rows.
 *
 * @param path below the dataset's folder
 * @param sha256 of the whole file, lower-case hexadecimal
 */
public record SideFile(String path, long bytes, String sha256) {}
