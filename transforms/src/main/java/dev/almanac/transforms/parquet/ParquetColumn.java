package dev.almanac.transforms.parquet;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.Printable;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * A column of a parquet source file.
 *
 * @param nullable whether its cells may be missing
 * @param exact whether every value is the same as a number of ours: not a decimal of more than
 *     {@value #EXACT_DIGITS} digits, nor an unsigned integer beyond 63 bits
 * @param type the file's own words
 */
public record ParquetColumn(
    String name, ParquetKind kind, boolean nullable, boolean exact, String type) {
  /** Decimals of so many digits are told apart by a double. */
  static final int EXACT_DIGITS = 15;

  /** Longest type that is shown whole: a struct may have thousands of parts. */
  private static final int SHOWN = 160;

  /**
   * @param fitsLong whether all integers are known to be at most the greatest long
   */
  static ParquetColumn of(Type type, boolean fitsLong) {
    ParquetKind kind = ParquetKind.of(type);
    boolean exact =
        switch (kind) {
          case UNSIGNED_LONG -> fitsLong;
          case DECIMAL ->
              ((DecimalLogicalTypeAnnotation) type.getLogicalTypeAnnotation()).getPrecision()
                  <= EXACT_DIGITS;
          default -> true;
        };
    return new ParquetColumn(
        type.getName(),
        kind,
        !type.isRepetition(Type.Repetition.REQUIRED),
        exact,
        Printable.line(type.toString().replaceAll("\\s+", " "), SHOWN));
  }

  /** What two columns of one name are: nobody can say which is meant. */
  ParquetColumn twice(ParquetColumn other) {
    return new ParquetColumn(
        name, ParquetKind.OTHER, true, true, "two columns have this name: %s".formatted(type));
  }

  /** Whether its cells can be read at all. */
  public boolean isReadable() {
    return kind != ParquetKind.OTHER;
  }

  /**
   * The type that its cells have by themselves: numbers that are not {@link #exact} and points in
   * time are text, so that nothing is lost; a column of nulls is text, too.
   */
  public ColumnType natural() {
    return switch (kind) {
      case INTEGER, BOOLEAN -> ColumnType.LONG;
      case UNSIGNED_LONG -> exact ? ColumnType.LONG : ColumnType.STRING;
      case REAL -> ColumnType.DOUBLE;
      case DECIMAL -> exact ? ColumnType.DOUBLE : ColumnType.STRING;
      case DATE -> ColumnType.DATE;
      default -> ColumnType.STRING;
    };
  }

  /** Whether its cells can be read as values of a type, if only some of them. */
  public boolean reads(ColumnType wanted) {
    return switch (kind) {
      case INTEGER ->
          wanted == ColumnType.LONG
              || wanted == ColumnType.DOUBLE
              || wanted == ColumnType.STRING
              || wanted == ColumnType.DATE;
      case UNSIGNED_LONG, DECIMAL ->
          wanted == ColumnType.LONG || wanted == ColumnType.DOUBLE || wanted == ColumnType.STRING;
      case BOOLEAN, REAL -> wanted == ColumnType.LONG || wanted == ColumnType.DOUBLE;
      case DATE, TIMESTAMP -> wanted == ColumnType.DATE || wanted == ColumnType.STRING;
      case TEXT, NOTHING -> wanted != ColumnType.FLOAT32 && wanted != ColumnType.INT32;
      case OTHER -> false;
    };
  }

  /** Why a column that cannot be read cannot, and what to do. */
  String unreadable() {
    String what =
        type.startsWith("repeated") || type.contains("{")
            ? "it is nested; flatten it, such as into a column for each part,"
            : "it is none of integer, float, decimal, boolean, date, timestamp and text; cast it";
    return "column '%s' is of no type that is read here (%s): %s where the file is written, or leave it out of the config"
        .formatted(Names.of(name), type, what);
  }
}
