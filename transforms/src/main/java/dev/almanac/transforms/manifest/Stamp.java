package dev.almanac.transforms.manifest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The date-time name of a folder that Almanac makes, such as {@code 20260728T101530Z}. Further
 * folders of the same second are numbered from 2: {@code 20260728T101530Z-2}. The order is that of
 * time, then of the numbers.
 *
 * @param second when the folder was begun, whole seconds in UTC
 * @param number from 1
 */
public record Stamp(Instant second, int number) implements Comparable<Stamp> {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final Pattern NAME = Pattern.compile("(\\d{8}T\\d{6}Z)(-([1-9]\\d{0,8}))?");

  private static final Comparator<Stamp> ORDER =
      Comparator.comparing(Stamp::second).thenComparing(Stamp::number);

  public Stamp {
    second = Objects.requireNonNull(second, "second").truncatedTo(ChronoUnit.SECONDS);
    if (number < 1) {
      throw new IllegalArgumentException(
          "Cannot name a folder: numbers begin with 1 (%s)".formatted(number));
    }
  }

  /** The first name of an instant's second. */
  public static Stamp of(Instant instant) {
    return new Stamp(instant, 1);
  }

  /** The stamp that a folder is named by; empty when its name is none. */
  public static Optional<Stamp> of(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      Instant second = FORMAT.parse(parts.group(1), Instant::from);
      return Optional.of(
          new Stamp(second, parts.group(3) == null ? 1 : Integer.parseInt(parts.group(3))));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  /** The next name of the same second. */
  public Stamp next() {
    return new Stamp(second, number + 1);
  }

  @Override
  public int compareTo(Stamp other) {
    return ORDER.compare(this, other);
  }

  /** The folder's name. */
  @Override
  public String toString() {
    return FORMAT.format(second) + (number == 1 ? "" : "-" + number);
  }
}
