package dev.almanac.transforms.parquet;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** What the cells of a column of a parquet source file are. */
public enum ParquetKind {
  /** Integers that a long holds: signed ones, and unsigned ones of up to 32 bits. */
  INTEGER,
  /** Unsigned integers of 64 bits. */
  UNSIGNED_LONG,
  BOOLEAN,
  /** Floating point of 32 or 64 bits. */
  REAL,
  /** Decimals of any precision, stored as integers or as bytes. */
  DECIMAL,
  DATE,
  /** Points in time: of any unit, in UTC or local, INT96 among them. */
  TIMESTAMP,
  /** Text in UTF-8; enums and JSON, too. */
  TEXT,
  /** A column that can hold nulls alone. */
  NOTHING,
  /** Lists, structs, maps, times of day, intervals, UUIDs, bytes and whatever comes. */
  OTHER;

  static ParquetKind of(Type type) {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      return OTHER;
    }
    PrimitiveType primitive = type.asPrimitiveType();
    PrimitiveTypeName physical = primitive.getPrimitiveTypeName();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical == null) {
      return switch (physical) {
        case INT32, INT64 -> INTEGER;
        case BOOLEAN -> BOOLEAN;
        case FLOAT, DOUBLE -> REAL;
        case INT96 -> TIMESTAMP;
        default -> OTHER;
      };
    }
    if (logical instanceof IntLogicalTypeAnnotation integer) {
      return integer.isSigned() || integer.getBitWidth() <= 32 ? INTEGER : UNSIGNED_LONG;
    }
    if (logical instanceof DecimalLogicalTypeAnnotation) {
      return DECIMAL;
    }
    if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return DATE;
    }
    if (logical instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation) {
      return TIMESTAMP;
    }
    if (logical instanceof LogicalTypeAnnotation.UnknownLogicalTypeAnnotation) {
      return NOTHING;
    }
    boolean text =
        logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
            || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
            || logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
    return text && physical == PrimitiveTypeName.BINARY ? TEXT : OTHER;
  }
}
