/** Batches of columns written as parquet, the same bytes for the same rows. */
package dev.almanac.transforms.parquet.write;
