/** Parquet files read into batches of columns, those of any writer. */
package dev.almanac.transforms.parquet;
