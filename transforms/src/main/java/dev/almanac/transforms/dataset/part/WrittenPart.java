package dev.almanac.transforms.dataset.part;

import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.split.Split;

/** A parquet file that lies finished in the staging folder. */
public record WrittenPart(Split split, DatasetFile file) {}
