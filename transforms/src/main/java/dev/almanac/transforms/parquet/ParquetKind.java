package dev.almanac.transforms.parquet;

import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.LogicalTypeAnnotationVisitor;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
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
    return logical.accept(new Annotated(physical)).orElse(OTHER);
  }

  /** What an annotation makes of the bytes; nothing for those that are of no use here. */
  private record Annotated(PrimitiveTypeName physical)
      implements LogicalTypeAnnotationVisitor<ParquetKind> {
    @Override
    public Optional<ParquetKind> visit(IntLogicalTypeAnnotation integer) {
      boolean fits = integer.isSigned() || integer.getBitWidth() <= 32;
      return Optional.of(fits ? INTEGER : UNSIGNED_LONG);
    }

    @Override
    public Optional<ParquetKind> visit(DecimalLogicalTypeAnnotation decimal) {
      return Optional.of(DECIMAL);
    }

    @Override
    public Optional<ParquetKind> visit(DateLogicalTypeAnnotation date) {
      return Optional.of(DATE);
    }

    @Override
    public Optional<ParquetKind> visit(TimestampLogicalTypeAnnotation timestamp) {
      return Optional.of(TIMESTAMP);
    }

    @Override
    public Optional<ParquetKind> visit(UnknownLogicalTypeAnnotation unknown) {
      return Optional.of(NOTHING);
    }

    @Override
    public Optional<ParquetKind> visit(StringLogicalTypeAnnotation text) {
      return text();
    }

    @Override
    public Optional<ParquetKind> visit(EnumLogicalTypeAnnotation text) {
      return text();
    }

    @Override
    public Optional<ParquetKind> visit(JsonLogicalTypeAnnotation text) {
      return text();
    }

    private Optional<ParquetKind> text() {
      return physical == PrimitiveTypeName.BINARY ? Optional.of(TEXT) : Optional.empty();
    }
  }
}
