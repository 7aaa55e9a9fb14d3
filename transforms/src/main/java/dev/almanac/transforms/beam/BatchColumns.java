package dev.almanac.transforms.beam;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns that a transform was told its batches have. The element type of a collection of
 * batches does not name its columns, so each batch is held against them when it comes.
 *
 * @param work what the columns are needed for, for messages, such as {@code compute features of}
 */
record BatchColumns(String work, List<Field> columns) implements Serializable {
  BatchColumns {
    columns = List.copyOf(columns);
  }

  static BatchColumns of(String work, TableSchema table) {
    return new BatchColumns(work, table.fields());
  }

  static BatchColumns of(String work, List<SourceColumn> columns) {
    return new BatchColumns(work, columns.stream().map(SourceColumn::field).toList());
  }

  /**
   * Returns the batch, which has these columns and maybe others.
   *
   * @throws IllegalArgumentException naming every column that is missing or of another type
   */
  ColumnBatch checked(ColumnBatch batch) {
    List<String> problems = new ArrayList<>();
    for (Field column : columns) {
      if (!batch.schema().contains(column.name())) {
        problems.add("column '%s' of %s is missing".formatted(column.name(), column.type()));
      } else if (batch.schema().field(column.name()).type() != column.type()) {
        problems.add(
            "column '%s' must be %s (it is %s)"
                .formatted(
                    column.name(), column.type(), batch.schema().field(column.name()).type()));
      }
    }
    if (!problems.isEmpty()) {
      throw new RefusedException(
          "Cannot %s a batch: %s; its columns are %s"
              .formatted(work, String.join(", ", problems), Names.of(batch.schema().names())));
    }
    return batch;
  }
}
