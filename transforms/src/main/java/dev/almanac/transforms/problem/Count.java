package dev.almanac.transforms.problem;

/** A count in a message, with its noun in the singular or plural. */
public final class Count {
  private Count() {}

  /** Such as {@code 1 row} and {@code 2 rows}: the plural has an s more. */
  public static String of(long count, String one) {
    return of(count, one, one + "s");
  }

  /** Such as {@code 1 file holds} and {@code 2 files hold}. */
  public static String of(long count, String one, String more) {
    return "%s %s".formatted(count, count == 1 ? one : more);
  }
}
