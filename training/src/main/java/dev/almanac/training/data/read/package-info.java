/** Row groups of a split as they lie in parquet files. */
package dev.almanac.training.data.read;
