/** Tells OpenLineage what is read and made: datasets, models and predictions, column by column. */
package dev.almanac.pipelines.track.lineage;
