package dev.almanac.training.data.read;

/**
 * A row group of a split.
 *
 * @param file which of the split's files, from 0
 * @param group which of the file's row groups, from 0
 */
public record RowGroup(int file, int group, int rows) {}
