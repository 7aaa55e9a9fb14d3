package dev.almanac.pipelines.work.predict;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.feature.plan.UnreadableCounts;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reuse.SameContent;
import java.util.List;
import java.util.Map;

/**
 * What predicting a chunk of the input came to.
 *
 * @param file of predictions, below the output's folder
 * @param firstRejects some of the rows that could not be parsed
 * @param unreadable cells that the row-wise features could not read
 * @param missing the columns that files of the chunk lack, and which files
 * @param contents what each file of the chunk holds, so that files of the same content are told
 * @param wider types that columns which ride along would have to be of to hold what the chunk's
 *     files hold; the predictions are to be made again when there are any
 */
record PredictedChunk(
    int chunk,
    String file,
    PredictedRows rows,
    List<Reject> firstRejects,
    UnreadableCounts unreadable,
    List<Notice> missing,
    List<SameContent.Read> contents,
    Map<String, ColumnType> wider) {}
