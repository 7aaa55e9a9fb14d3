package dev.almanac.pipelines.config;

import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.split.DateSplit;

/**
 * What a dataset is made of, and how. A section that is absent is null.
 *
 * @param schema the schema file to enforce, which may not exist yet; null to infer and keep none
 * @param features the row-wise steps, in the order in which they run; may be none
 */
record DatasetConfig(
    SourceConfig source,
    String schema,
    ModelColumns columns,
    FeaturesConfig features,
    DateSplit split,
    FitSteps fit,
    OutputConfig output,
    RowsConfig rows) {}
