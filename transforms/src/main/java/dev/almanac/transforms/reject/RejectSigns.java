package dev.almanac.transforms.reject;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What rejected rows suggest about the format that they were read with. Following the advice never
 * loses rows.
 */
public final class RejectSigns {
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d+,(\\d{1,2}|\\d{4,})");
  private static final Pattern GROUPS = Pattern.compile("[+-]?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?");
  private static final Pattern ESCAPED = Pattern.compile("(?s).*\\\\\"[^,;|\\t\\r\\n\"].*");

  private RejectSigns() {}

  /** The settings that some of the rows ask for, a sentence each. */
  public static List<String> of(List<Reject> rejects) {
    return rejects.stream()
        .map(RejectSigns::setting)
        .filter(text -> text != null)
        .distinct()
        .toList();
  }

  /** The row behind the header alone may hold units. */
  private static String units(Reject reject) {
    return reject.line() == 2 && reject.text().chars().noneMatch(Character::isDigit)
        ? "A row of units behind the header is passed over with source.units-row: true"
        : null;
  }

  private static String setting(Reject reject) {
    String text = reject.text().strip();
    boolean isRow = reject.column() == null;
    return switch (reject.reason()) {
      case NOT_A_NUMBER, NOT_AN_INTEGER ->
          GROUPS.matcher(text).matches()
              ? "Cells such as %s need source.thousands: \",\"".formatted(text)
              : DECIMAL_COMMA.matcher(text).matches()
                  ? "Cells such as %s need source.decimal: \",\"".formatted(text)
                  : units(reject);
      case NOT_A_DATE -> units(reject);
      case INVALID_UTF8 ->
          "Bytes that are no text in the encoding: source.encoding, such as windows-1252, says another";
      case MALFORMED_QUOTE, UNCLOSED_QUOTE, RAGGED_ROW ->
          isRow && ESCAPED.matcher(text).matches()
              ? "Quotes escaped by a backslash need source.escape: \"\\\\\""
              : isRow && text.startsWith("#")
                  ? "Lines that begin with # are passed over with source.comment: \"#\""
                  : null;
      case ROW_TOO_LONG -> "Longer rows are read with a larger source.max-row-bytes";
      default -> null;
    };
  }
}
