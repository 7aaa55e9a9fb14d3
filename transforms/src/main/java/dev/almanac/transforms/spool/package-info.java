/**
 * Rows between two passes over them, in files: in the order they came, or sorted by keys in bounded
 * memory.
 */
package dev.almanac.transforms.spool;
