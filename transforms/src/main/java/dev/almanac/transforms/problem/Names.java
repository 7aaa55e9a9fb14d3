package dev.almanac.transforms.problem;

import java.util.Collection;
import java.util.stream.Collectors;

/** A list of names in a message: printable, the first {@value #MOST} and a count of the rest. */
public final class Names {
  public static final int MOST = 10;

  /** Longest name that is shown whole, in UTF-16 code units. */
  private static final int LONGEST = 120;

  private Names() {}

  /** Such as {@code [a, b]}, or {@code [a, b, ... and 99998 more]}. */
  public static String of(Collection<String> names) {
    return "[%s]".formatted(listed(names));
  }

  /** The same without brackets. */
  public static String listed(Collection<String> names) {
    String first = names.stream().limit(MOST).map(Names::of).collect(Collectors.joining(", "));
    return names.size() <= MOST
        ? first
        : "%s, ... and %s more".formatted(first, names.size() - MOST);
  }

  /** One name. */
  public static String of(String name) {
    return Printable.line(name, LONGEST);
  }
}
