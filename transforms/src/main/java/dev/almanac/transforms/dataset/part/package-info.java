/** The parquet files of a dataset: which rows make which file, and in what order. */
package dev.almanac.transforms.dataset.part;
