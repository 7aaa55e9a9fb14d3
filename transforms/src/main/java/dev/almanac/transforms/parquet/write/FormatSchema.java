package dev.almanac.transforms.parquet.write;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.Type;

/** Our tables in the words of a parquet footer. */
final class FormatSchema {
  private FormatSchema() {}

  static List<SchemaElement> of(TableSchema schema) {
    List<SchemaElement> elements = new ArrayList<>();
    elements.add(new SchemaElement("almanac").setNum_children(schema.size()));
    for (Field field : schema.fields()) {
      elements.add(element(field));
    }
    return elements;
  }

  private static SchemaElement element(Field field) {
    SchemaElement element =
        new SchemaElement(field.name())
            .setType(physical(field.type()))
            .setRepetition_type(
                isOptional(field) ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
    if (field.type() == ColumnType.DATE) {
      element.setLogicalType(LogicalType.DATE(new DateType()));
      element.setConverted_type(ConvertedType.DATE);
    }
    if (field.type() == ColumnType.STRING) {
      element.setLogicalType(LogicalType.STRING(new StringType()));
      element.setConverted_type(ConvertedType.UTF8);
    }
    return element;
  }

  /** Encoded columns are never null, whatever their field says. */
  static boolean isOptional(Field field) {
    return field.nullable()
        && field.type() != ColumnType.FLOAT32
        && field.type() != ColumnType.INT32;
  }

  static Type physical(ColumnType type) {
    return switch (type) {
      case LONG -> Type.INT64;
      case DOUBLE -> Type.DOUBLE;
      case DATE, INT32 -> Type.INT32;
      case STRING -> Type.BYTE_ARRAY;
      case FLOAT32 -> Type.FLOAT;
    };
  }
}
