package dev.almanac.transforms.beam;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.RefusedException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.Row;

/** Makes rows of one table out of the records that ParquetIO hands out. */
final class RecordToRow implements SerializableFunction<GenericRecord, Row> {
  private static final long serialVersionUID = 1L;

  private final TableSchema table;
  private final org.apache.beam.sdk.schemas.Schema rows;

  RecordToRow(TableSchema table) {
    this.table = table;
    this.rows = RowSchemas.rows(table);
  }

  @Override
  public Row apply(GenericRecord record) {
    List<Object> cells = new ArrayList<>(table.size());
    for (Field field : table.fields()) {
      Schema.Field column = record.getSchema().getField(field.name());
      if (column == null) {
        throw new RefusedException(
            "Cannot read a parquet file: it has no column '%s' (its columns are %s)"
                .formatted(field.name(), record.getSchema().getFields()));
      }
      Object value = record.get(column.pos());
      try {
        cells.add(value == null ? null : cell(field.type(), value, column.schema()));
      } catch (ClassCastException other) {
        throw new RefusedException(
            "Cannot read a parquet file: column '%s' must be %s as in the first file (%s)"
                .formatted(field.name(), field.type(), column.schema()),
            other);
      }
    }
    return Row.withSchema(rows).attachValues(cells);
  }

  private static Object cell(ColumnType type, Object value, Schema schema) {
    return switch (type) {
      case LONG ->
          value instanceof Boolean truth ? (truth ? 1L : 0L) : ((Number) value).longValue();
      case DOUBLE -> number(value, schema);
      case DATE ->
          value instanceof LocalDate date
              ? date
              : LocalDate.ofEpochDay(((Number) value).longValue());
      default -> value.toString();
    };
  }

  /** Decimals come as their digits alone; the scale stands in the schema. */
  private static double number(Object value, Schema schema) {
    if (value instanceof Integer || value instanceof Long) {
      Schema own =
          schema.isUnion()
              ? schema.getTypes().stream()
                  .filter(part -> part.getType() != Schema.Type.NULL)
                  .findFirst()
                  .orElse(schema)
              : schema;
      LogicalType logical = own.getLogicalType();
      int scale = logical instanceof LogicalTypes.Decimal decimal ? decimal.getScale() : 0;
      return BigDecimal.valueOf(((Number) value).longValue(), scale).doubleValue();
    }
    return ((Number) value).doubleValue();
  }
}
