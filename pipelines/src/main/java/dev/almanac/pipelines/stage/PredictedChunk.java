package dev.almanac.pipelines.stage;

import dev.almanac.transforms.csv.Reject;
import dev.almanac.transforms.feature.UnreadableCounts;
import java.util.List;

/**
 * What predicting a chunk of the input came to.
 *
 * @param file of predictions, below the output's folder
 * @param rejected rows that could not be parsed
 * @param unreadable cells that the row-wise features could not read
 * @param missing columns that none of the chunk's files has
 */
record PredictedChunk(
    int chunk,
    String file,
    long read,
    long predicted,
    long rejected,
    List<Reject> firstRejects,
    UnreadableCounts unreadable,
    List<String> missing) {}
