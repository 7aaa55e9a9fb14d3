package dev.almanac.transforms.spool;

import dev.almanac.transforms.split.Split;

/**
 * The place of a block of rows of one split in a spool.
 *
 * @param range which of the ranges that the spool was written from, from 0; for rows without keys
 * @param run blocks of one run follow one another in order of their keys
 * @param offset of the first byte, and {@code length} in bytes
 * @param firstKey lowest shuffle key in the block, by unsigned order; 0 in source order
 * @param lastKey highest shuffle key in the block
 * @param checksum CRC-32C of its bytes
 */
public record SpoolBlock(
    Split split,
    int range,
    int run,
    int rows,
    long offset,
    int length,
    long firstKey,
    long lastKey,
    int checksum) {}
