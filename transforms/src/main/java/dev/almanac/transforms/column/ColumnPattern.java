package dev.almanac.transforms.column;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern over the names of columns, such as {@code WT*}: {@code *} stands for any characters,
 * none included, and {@code ?} for exactly one. Upper and lower case differ, as in names.
 *
 * <p>A text without either is a name. So is a text with one that a column has for its name.
 */
public final class ColumnPattern {
  private final Pattern pattern;

  private ColumnPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** Whether a text asks for columns by a pattern. */
  public static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  public static ColumnPattern of(String text) {
    StringBuilder regex = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == '*') {
                regex.append(".*");
              } else if (c == '?') {
                regex.append('.');
              } else {
                regex.append(Pattern.quote(Character.toString(c)));
              }
            });
    return new ColumnPattern(Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  public boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /** The fields whose names match, in their order. */
  public List<Field> in(List<Field> fields) {
    return fields.stream().filter(field -> matches(field.name())).toList();
  }
}
