/** The types of columns, concluded from all cells of all files. */
package dev.almanac.transforms.schema.infer;
