package dev.almanac.transforms.staging;

import java.io.Serializable;

/**
 * What may be wrong with the rows of a source before a dataset of it is not made.
 *
 * @param rejects how many rows may be unreadable
 * @param maxUnreadable the largest share of a step's cells that the row-wise features may make
 *     missing though they were there
 * @param unknownClasses what becomes of rows of a class that train has not
 */
public record Tolerance(
    RejectPolicy rejects, double maxUnreadable, UnknownClassPolicy unknownClasses)
    implements Serializable {}
