package dev.almanac.benchmarks.spark;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of the source that {@code benchmarks/prepare.yaml} needs, and their types. */
final class Columns {
  enum Kind {
    TEXT(DataTypes.StringType),
    DATE(DataTypes.DateType),
    INTEGER(DataTypes.IntegerType),
    DOUBLE(DataTypes.DoubleType);

    private final DataType type;

    Kind(DataType type) {
      this.type = type;
    }

    DataType type() {
      return type;
    }
  }

  static final List<String> PLACE = List.of("LATITUDE", "LONGITUDE", "ELEVATION");
  static final List<String> FLAGGED = List.of("PRCP", "SNOW", "SNWD", "TMIN", "TMAX");
  static final List<String> NUMERIC =
      List.of("PRCP", "SNOW", "SNWD", "TMIN", "LATITUDE", "LONGITUDE", "ELEVATION");

  static final List<String> SOURCE =
      List.of(
          "STATION",
          "DATE",
          "LATITUDE",
          "LONGITUDE",
          "ELEVATION",
          "PRCP",
          "PRCP_ATTRIBUTES",
          "SNOW",
          "SNOW_ATTRIBUTES",
          "SNWD",
          "SNWD_ATTRIBUTES",
          "TMAX",
          "TMAX_ATTRIBUTES",
          "TMIN",
          "TMIN_ATTRIBUTES");

  static final List<Kind> KINDS = SOURCE.stream().map(Columns::kind).toList();

  private Columns() {}

  static Kind kind(String column) {
    if (column.equals("DATE")) {
      return Kind.DATE;
    }
    if (PLACE.contains(column)) {
      return Kind.DOUBLE;
    }
    return FLAGGED.contains(column) ? Kind.INTEGER : Kind.TEXT;
  }

  static StructType schema(List<String> columns) {
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, kind(column).type());
    }
    return schema;
  }
}
