package dev.almanac.transforms.source;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.schema.text.NumberKind;
import dev.almanac.transforms.schema.text.NumberText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Columns in the names of folders, as Hive and Spark write them: all rows of {@code
 * year=2019/station=A%2F7/part-0.parquet} have 2019 and {@code A/7} there. A column that a file
 * itself has goes before one of its folders.
 */
final class HiveFolders {
  /** The folder of rows whose value is missing. */
  private static final String MISSING = "__HIVE_DEFAULT_PARTITION__";

  private HiveFolders() {}

  /** The values by column in a file's path; a null is a missing one. */
  static Map<String, String> of(String path) {
    Map<String, String> values = new LinkedHashMap<>();
    int from = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
      String folder = path.substring(from, slash);
      int equals = folder.indexOf('=');
      if (equals > 0) {
        String value = decoded(folder.substring(equals + 1));
        values.put(
            decoded(folder.substring(0, equals)),
            value.equals(MISSING) || value.isEmpty() ? null : value);
      }
      from = slash + 1;
    }
    return values;
  }

  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      // Hive and Spark escape by %XX alone: a plus is a plus.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEscaped) {
      return text;
    }
  }

  /**
   * The column that such values make: integers or dates when each text comes back from its value,
   * or what is demanded when each value fits it; else text.
   *
   * @param demanded double for any number, or date; null when nothing is
   */
  static SourceColumn column(
      String name, Collection<String> values, ColumnType demanded, boolean nullable) {
    List<String> texts = values.stream().filter(Objects::nonNull).toList();
    boolean none = texts.isEmpty();
    if (texts.stream()
            .allMatch(
                text -> DateForm.ISO.parse(bytes(text), 0, bytes(text).length) != DateForm.NO_DATE)
        && (!none || demanded == ColumnType.DATE)) {
      return new SourceColumn(name, ColumnType.DATE, DateForm.ISO, nullable);
    }
    boolean numbers = demanded == ColumnType.DOUBLE;
    boolean whole = texts.stream().allMatch(text -> kind(text) == NumberKind.INTEGER);
    boolean same =
        texts.stream().allMatch(text -> whole && Long.toString(parseLong(text)).equals(text));
    if (whole && !none && (numbers || same)) {
      return new SourceColumn(name, ColumnType.LONG, null, nullable);
    }
    if (numbers && texts.stream().allMatch(text -> kind(text).isFiniteDouble())) {
      return new SourceColumn(name, ColumnType.DOUBLE, null, nullable);
    }
    return new SourceColumn(name, ColumnType.STRING, null, nullable);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static NumberKind kind(String text) {
    byte[] bytes = bytes(text);
    return NumberText.kind(bytes, 0, bytes.length);
  }

  private static long parseLong(String text) {
    byte[] bytes = bytes(text);
    return NumberText.parseLong(bytes, 0, bytes.length);
  }
}
