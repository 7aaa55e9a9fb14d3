package dev.almanac.transforms.parquet;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
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
    boolean nullable = type.isRepetition(Type.Repetition.OPTIONAL);
    ColumnType found = columnType(type, this == WIDENED || nullable);
    if (found == null) {
      throw unsupported(type, place);
    }
    return new Field(type.getName(), found, nullable);
  }

  /** Null when there is none. */
  private static ColumnType columnType(Type type, boolean widened) {
    return switch (ParquetKind.of(type)) {
      case INTEGER ->
          widened || type.getLogicalTypeAnnotation() != null || !isOf(type, PrimitiveTypeName.INT32)
              ? ColumnType.LONG
              : ColumnType.INT32;
      case BOOLEAN -> ColumnType.LONG;
      case REAL ->
          widened || !isOf(type, PrimitiveTypeName.FLOAT) ? ColumnType.DOUBLE : ColumnType.FLOAT32;
      case DECIMAL ->
          isOf(type, PrimitiveTypeName.INT32) || isOf(type, PrimitiveTypeName.INT64)
              ? ColumnType.DOUBLE
              : null;
      case DATE -> ColumnType.DATE;
      case TEXT -> ColumnType.STRING;
      case UNSIGNED_LONG, TIMESTAMP, NOTHING, OTHER -> null;
    };
  }

  private static boolean isOf(Type type, PrimitiveTypeName physical) {
    return type.asPrimitiveType().getPrimitiveTypeName() == physical;
  }

  private static IOException unsupported(Type type, String place) {
    return new ForeseenException(
        "Cannot read %s: column '%s' is none of integer, float, decimal of up to 18 digits, boolean, date and text (%s); cast it or leave it out"
            .formatted(place, type.getName(), type));
  }
}
