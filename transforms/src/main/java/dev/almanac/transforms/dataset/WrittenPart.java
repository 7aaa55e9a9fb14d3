package dev.almanac.transforms.dataset;

import dev.almanac.transforms.artifact.DatasetFile;
import dev.almanac.transforms.split.Split;

/** A parquet file that lies finished in the staging folder. */
public record WrittenPart(Split split, DatasetFile file) {}
