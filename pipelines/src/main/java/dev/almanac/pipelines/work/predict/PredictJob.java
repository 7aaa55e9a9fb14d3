package dev.almanac.pipelines.work.predict;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.staging.RejectPolicy;
import dev.almanac.transforms.staging.Staging;
import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/**
 * Everything a worker must know to predict its share of raw rows.
 *
 * @param run the run's folder, which must be readable from every worker
 * @param format how the files are read
 * @param widened types of columns that ride along, where train's do not hold what the files hold
 * @param unreadable how many cells the feature steps may fail to read
 * @param drift what is made of rows that are not like train's; null when nobody looks
 * @param notices what a person should know before a row is read
 */
record PredictJob(
    String run,
    CsvFormat format,
    TreeMap<String, ColumnType> widened,
    RejectPolicy rejects,
    UnreadableLimit unreadable,
    DriftCheck drift,
    List<Notice> notices,
    Staging staging)
    implements Serializable {
  PredictJob {
    notices = List.copyOf(notices);
  }
}
