package dev.almanac.transforms.dataset;

import java.io.Serializable;

/**
 * Where an earlier dataset keeps what it read of a range of a source file.
 *
 * @param rows the file with its rows, and {@code position} among the ranges in it
 * @param statistics the file with the statistics of its train rows
 * @param summary what reading it came to
 * @param sameAge whether the file was not written since; else its hash decides
 */
public record KeptRange(
    String rows, int position, String statistics, RangeSummary summary, boolean sameAge)
    implements Serializable {}
