/** The bytes of a file as plain UTF-8, however it is packed and encoded. */
package dev.almanac.transforms.csv.stream;
