package dev.almanac.pipelines.config;

import dev.almanac.transforms.staging.RejectPolicy;
import dev.almanac.transforms.staging.UnknownClassPolicy;

/**
 * What becomes of rows that cannot be used.
 *
 * @param rejects how many that cannot be parsed may be left out
 * @param unknownClasses what becomes of validation and test rows of a class that train has not
 */
record RowsConfig(RejectPolicy rejects, UnknownClassPolicy unknownClasses) {}
