package dev.almanac.transforms.parquet;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Which of our columns a parquet column becomes. */
public enum ParquetTypes {
  /** Required 32-bit numbers stay as they are: what a dataset of ours holds. */
  EXACT,
  /** Every integer a long, every other number a double: a table that somebody made. */
  WIDENED;

  /**
   * The field that a column becomes: integers (unsigned ones up to 32 bits) and booleans (0 or 1)
   * long, floating point and decimals of up to 18 digits double, dates, and annotated text.
   *
   * @param place the file, for the message
   * @throws IOException naming the column when it is nested or of another type
   */
  public Field field(Type type, String place) throws IOException {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      throw unsupported(type, place);
    }
    PrimitiveType primitive = type.asPrimitiveType();
    boolean nullable = type.isRepetition(Type.Repetition.OPTIONAL);
    ColumnType found = columnType(primitive, this == WIDENED || nullable);
    if (found == null) {
      throw unsupported(type, place);
    }
    return new Field(type.getName(), found, nullable);
  }

  private static ColumnType columnType(PrimitiveType type, boolean widened) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    PrimitiveTypeName physical = type.getPrimitiveTypeName();
    if (logical == null) {
      return switch (physical) {
        case INT32 -> widened ? ColumnType.LONG : ColumnType.INT32;
        case FLOAT -> widened ? ColumnType.DOUBLE : ColumnType.FLOAT32;
        case INT64, BOOLEAN -> ColumnType.LONG;
        case DOUBLE -> ColumnType.DOUBLE;
        default -> null;
      };
    }
    if (logical instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation integer) {
      return integer.isSigned() || integer.getBitWidth() <= 32 ? ColumnType.LONG : null;
    }
    if (logical instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation) {
      boolean fits = physical == PrimitiveTypeName.INT32 || physical == PrimitiveTypeName.INT64;
      return fits ? ColumnType.DOUBLE : null;
    }
    if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return ColumnType.DATE;
    }
    boolean text =
        logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
            || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
            || logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
    return text ? ColumnType.STRING : null;
  }

  private static IOException unsupported(Type type, String place) {
    return new ForeseenException(
        "Cannot read %s: column '%s' is none of integer, float, decimal of up to 18 digits, boolean, date and text (%s); cast it or leave it out"
            .formatted(place, type.getName(), type));
  }
}
