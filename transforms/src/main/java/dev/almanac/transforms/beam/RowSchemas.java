package dev.almanac.transforms.beam;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.RefusedException;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;

/** How Beam's row schemas and the kernel's table schemas correspond. */
final class RowSchemas {
  private RowSchemas() {}

  /**
   * The table that holds rows of this schema: integers and booleans are long, floats double,
   * strings string, dates date.
   *
   * @throws IllegalArgumentException naming a field of another type
   */
  static TableSchema table(Schema schema) {
    return TableSchema.of(
        schema.getFields().stream()
            .map(field -> new Field(field.getName(), type(field), field.getType().getNullable()))
            .toList());
  }

  private static ColumnType type(Schema.Field field) {
    TypeName name = field.getType().getTypeName();
    return switch (name) {
      case BYTE, INT16, INT32, INT64, BOOLEAN -> ColumnType.LONG;
      case FLOAT, DOUBLE, DECIMAL -> ColumnType.DOUBLE;
      case STRING -> ColumnType.STRING;
      case DATETIME -> ColumnType.DATE;
      case LOGICAL_TYPE -> {
        if (isDate(field.getType())) {
          yield ColumnType.DATE;
        }
        throw unsupported(field);
      }
      default -> throw unsupported(field);
    };
  }

  static boolean isDate(FieldType type) {
    return type.getTypeName() == TypeName.LOGICAL_TYPE
        && SqlTypes.DATE.getIdentifier().equals(type.getLogicalType().getIdentifier());
  }

  private static IllegalArgumentException unsupported(Schema.Field field) {
    return new RefusedException(
        "Cannot read field '%s': its type must be an integer, boolean, float, string or date (%s)"
            .formatted(field.getName(), field.getType()));
  }

  /** The rows that hold a table of this schema. */
  static Schema rows(TableSchema table) {
    List<Schema.Field> fields =
        table.fields().stream().map(field -> Schema.Field.of(field.name(), type(field))).toList();
    return Schema.builder().addFields(fields).build();
  }

  private static FieldType type(Field field) {
    FieldType type =
        switch (field.type()) {
          case LONG -> FieldType.INT64;
          case DOUBLE -> FieldType.DOUBLE;
          case DATE -> FieldType.logicalType(SqlTypes.DATE);
          case STRING -> FieldType.STRING;
          case FLOAT32 -> FieldType.FLOAT;
          case INT32 -> FieldType.INT32;
        };
    return type.withNullable(field.nullable());
  }
}
