/** How CSV files are written and what their cells mean. */
package dev.almanac.transforms.csv.format;
