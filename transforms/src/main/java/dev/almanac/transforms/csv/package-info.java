/** CSV files read into batches of columns: every row in one, or rejected with a reason. */
package dev.almanac.transforms.csv;
