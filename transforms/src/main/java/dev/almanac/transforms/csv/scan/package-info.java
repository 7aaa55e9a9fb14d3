/** Bytes of CSV cut into rows and cells, and cells read as values. */
package dev.almanac.transforms.csv.scan;
