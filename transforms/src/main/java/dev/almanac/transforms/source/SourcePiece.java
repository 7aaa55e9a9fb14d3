package dev.almanac.transforms.source;

import java.io.Serializable;

/**
 * A range of a source file and its place in the source, for {@link SourceReader}.
 *
 * @param chunk of the range
 * @param number of the range in its chunk, from 0
 * @param linesBefore lines of the file before the range
 */
public record SourcePiece(int chunk, int number, SourceRange range, long linesBefore)
    implements Serializable {}
