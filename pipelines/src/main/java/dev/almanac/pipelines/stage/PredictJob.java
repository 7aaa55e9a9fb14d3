package dev.almanac.pipelines.stage;

import dev.almanac.transforms.csv.CsvFormat;
import dev.almanac.transforms.dataset.RejectPolicy;
import dev.almanac.transforms.dataset.Staging;
import java.io.Serializable;

/**
 * Everything a worker must know to predict its share of raw rows.
 *
 * @param run the run's folder, which must be readable from every worker
 * @param inputs how many columns the run's transform reads
 * @param drift what is made of rows that are not like train's; null when nobody looks
 */
record PredictJob(
    String run,
    int inputs,
    CsvFormat format,
    RejectPolicy rejects,
    DriftCheck drift,
    Staging staging)
    implements Serializable {}
