/**
 * Source files as rows: their formats, how they are cut for several workers, columns in the names
 * of folders, what was read.
 */
package dev.almanac.transforms.source;
