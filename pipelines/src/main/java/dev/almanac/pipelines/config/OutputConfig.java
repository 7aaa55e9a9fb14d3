package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Paths;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.staging.DatasetLayout;
import dev.almanac.transforms.staging.RowOrder;

/**
 * How a dataset is written: the {@code output:} section.
 *
 * @param dataset the folder in which each prepare makes a date-time-named one; absolute
 * @param layout of the rows in their files
 * @param keepSource whether the dataset keeps the rows it read, for {@code prepare --since}
 */
public record OutputConfig(String dataset, DatasetLayout layout, boolean keepSource) {
  static OutputConfig read(Section section, Paths paths) {
    String dataset =
        section.requiredText("dataset", "the folder for datasets, such as out/my-dataset");
    DatasetLayout usual = DatasetLayout.USUAL;
    int rowGroupRows = section.integer("row-group-rows", usual.rowGroupRows(), 1, 1 << 24);
    int files = section.integer("files", usual.files(), 1, 100_000);
    ParquetCodec codec =
        section.word("codec", usual.codec(), ParquetCodec.values(), ParquetCodec::text);
    RowOrder order = section.word("order", usual.order(), RowOrder.values(), RowOrder::text);
    boolean keepSource = section.flag("keep-source", true);
    section.close();
    return new OutputConfig(
        paths.resolve(dataset),
        new DatasetLayout(rowGroupRows, files, codec, order, usual.seed()),
        keepSource);
  }
}
