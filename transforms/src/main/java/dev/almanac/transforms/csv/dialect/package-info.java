/**
 * What a file's first lines say about how it is written, for messages about one that is read
 * otherwise.
 */
package dev.almanac.transforms.csv.dialect;
