package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Paths;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import java.util.Arrays;
import java.util.List;

/**
 * How a dataset is written: the {@code output:} section.
 *
 * @param dataset the folder in which each prepare makes a date-time-named one; absolute
 * @param rowGroupRows the most rows of a row group; a table so wide that they would take more than
 *     64 MiB has fewer, as many in every row group
 * @param files of each split
 * @param order {@code shuffled}, or {@code source}: as the sorted source files have them
 * @param keepSource whether the dataset keeps the rows it read, for {@code prepare --since}
 */
public record OutputConfig(
    String dataset,
    int rowGroupRows,
    int files,
    ParquetCodec codec,
    String order,
    boolean keepSource) {
  private static final List<String> CODECS =
      Arrays.stream(ParquetCodec.values()).map(ParquetCodec::text).toList();
  private static final List<String> ORDERS = List.of("shuffled", "source");

  static OutputConfig read(Section section, Paths paths) {
    String dataset =
        section.requiredText("dataset", "the folder for datasets, such as out/my-dataset");
    int rowGroupRows = section.integer("row-group-rows", 131_072, 1, 1 << 24);
    int files = section.integer("files", 4, 1, 100_000);
    String codec = section.word("codec", "uncompressed", CODECS);
    String order = section.word("order", "shuffled", ORDERS);
    boolean keepSource = section.flag("keep-source", true);
    section.close();
    return new OutputConfig(
        paths.resolve(dataset),
        rowGroupRows,
        files,
        CODECS.contains(codec) ? ParquetCodec.of(codec) : null,
        order,
        keepSource);
  }
}
