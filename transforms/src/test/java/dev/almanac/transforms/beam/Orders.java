package dev.almanac.transforms.beam;

import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.StringAppender;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Orders of a shop, made up: some without a date, some without a label, some the same. */
final class Orders {
  static final TableSchema TABLE =
      TableSchema.of(
          Field.nullable("placed", ColumnType.DATE),
          Field.required("items", ColumnType.LONG),
          Field.nullable("amount", ColumnType.DOUBLE),
          Field.nullable("category", ColumnType.STRING),
          Field.nullable("days", ColumnType.DOUBLE));

  static final List<SourceColumn> SOURCE =
      TABLE.fields().stream()
          .map(
              field ->
                  new SourceColumn(
                      field.name(),
                      field.type(),
                      field.type() == ColumnType.DATE ? DateForm.ISO : null,
                      field.nullable()))
          .toList();

  static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
  static final LocalDate VALIDATION = LocalDate.of(2022, 1, 1);
  static final LocalDate TEST = LocalDate.of(2023, 1, 1);
  private static final int DAYS = 4 * 365;

  private Orders() {}

  static FitPlan plan() {
    return FitPlan.of(SOURCE, List.of(), columns(), FitSteps.DEFAULT);
  }

  static ModelColumns columns() {
    return new ModelColumns(
        "days",
        LabelKind.REGRESSION,
        List.of("items", "amount"),
        List.of("category"),
        List.of("placed"));
  }

  /** So many orders in one batch. */
  static ColumnBatch batch(int rows, long seed) {
    Random random = new Random(seed);
    List<ColumnAppender> cells =
        TABLE.fields().stream().map(field -> ColumnAppender.of(field.type())).toList();
    for (int row = 0; row < rows; row++) {
      LongAppender placed = (LongAppender) cells.get(0);
      if (random.nextInt(40) == 0) {
        placed.appendNull();
      } else {
        placed.append(FIRST.toEpochDay() + random.nextInt(DAYS));
      }
      int items = 1 + random.nextInt(5);
      ((LongAppender) cells.get(1)).append(items);
      DoubleAppender amount = (DoubleAppender) cells.get(2);
      if (random.nextInt(20) == 0) {
        amount.appendNull();
      } else {
        amount.append(items * (5 + random.nextInt(2000) / 100.0));
      }
      StringAppender category = (StringAppender) cells.get(3);
      if (random.nextInt(30) == 0) {
        category.appendNull();
      } else {
        category.append("category " + random.nextInt(12));
      }
      DoubleAppender days = (DoubleAppender) cells.get(4);
      if (random.nextInt(25) == 0) {
        days.appendNull();
      } else {
        days.append(1 + random.nextInt(14));
      }
    }
    return new ColumnBatch(TABLE, cells.stream().map(ColumnAppender::build).toList(), rows);
  }

  /** The rows in another order, in batches of another size. */
  static List<ColumnBatch> shuffled(ColumnBatch batch, int batchRows, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, batch.rows()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    List<ColumnBatch> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += batchRows) {
      List<Integer> rows = order.subList(from, Math.min(order.size(), from + batchRows));
      batches.add(batch.take(rows.stream().mapToInt(Integer::intValue).toArray()));
    }
    return batches;
  }

  /** Every row as text, sorted: what is the same for the same rows in any order. */
  static List<String> lines(Iterable<ColumnBatch> batches) {
    List<String> lines = new ArrayList<>();
    for (ColumnBatch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        int at = row;
        lines.add(batch.columns().stream().map(column -> column.text(at)).toList().toString());
      }
    }
    Collections.sort(lines);
    return lines;
  }
}
