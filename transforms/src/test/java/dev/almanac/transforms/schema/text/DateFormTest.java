package dev.almanac.transforms.schema.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DateFormTest {
  private static final long FIRST_SHORT = LocalDate.of(1969, 1, 1).toEpochDay();
  private static final long LAST_SHORT = LocalDate.of(2068, 12, 31).toEpochDay();

  @ParameterizedTest
  @EnumSource(DateForm.class)
  void everyDayComesBackFromItsText(DateForm form) {
    long first = form.isNumber() ? LocalDate.of(1974, 1, 1).toEpochDay() : FIRST_SHORT;
    for (long day = first; day <= LAST_SHORT; day++) {
      assertEquals(day, parse(form, form.format(day)));
    }
  }

  @Test
  void theExamplesAreOneDayInFormsThatAreKnown() {
    for (String example : DateForm.examples()) {
      assertTrue(
          Stream.of(DateForm.values())
              .anyMatch(form -> form.parse(example) == LocalDate.of(2020, 12, 31).toEpochDay()),
          example);
    }
  }

  @Test
  void everyDayOfTheCalendarIsJavas() {
    long last = LocalDate.of(9999, 12, 31).toEpochDay();
    for (long day = LocalDate.of(1, 1, 1).toEpochDay(); day <= last; day += 3) {
      assertEquals(day, parse(DateForm.ISO, LocalDate.ofEpochDay(day).toString()));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DateForm.class,
      mode = EnumSource.Mode.MATCH_NONE,
      names = {".*ANY_TIME", ".*NAMED_MONTH.*", "EPOCH.*"})
  void textsNextToDatesAreReadAsJavaReadsThem(DateForm form) {
    Random random = new Random(form.ordinal());
    DateTimeFormatter java = formatter(form);
    Pattern shape = shape(form);
    String letters = "0123456789-/.: T+";
    for (int i = 0; i < 100_000; i++) {
      long day = FIRST_SHORT + random.nextInt((int) (LAST_SHORT - FIRST_SHORT));
      StringBuilder text = new StringBuilder(form.format(day));
      for (int edits = random.nextInt(3); edits > 0 && text.length() > 0; edits--) {
        int at = random.nextInt(text.length());
        char letter = letters.charAt(random.nextInt(letters.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, letter);
          case 1 -> text.insert(at, letter);
          default -> text.deleteCharAt(at);
        }
      }
      assertEquals(
          expected(java, shape, text.toString()), parse(form, text.toString()), text::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM-dd,2024-02-29,2024-02-29",
    "yyyy-MM-dd,1900-02-29,",
    "yyyy-MM-dd,2000-02-29,2000-02-29",
    "yyyy-MM-dd,0000-01-01,",
    "yyyy-MM-dd,2024-2-9,",
    "yyyy-MM-dd,2024-13-01,",
    "yyyy-MM-dd,2024-04-31,",
    "yyyy/M/d,2018/6/3,2018-06-03",
    "yyyy/M/d,2018/06/24,2018-06-24",
    "yyyy/M/d,2018/6/,",
    "M/d/yyyy,2/29/2023,",
    "d/M/yyyy,31/12/1999,1999-12-31",
    "d/M/yy,31/12/12,2012-12-31",
    "d/M/yy,1/1/69,1969-01-01",
    "d/M/yy,1/1/68,2068-01-01",
    "M/d/yy,12/31/00,2000-12-31",
    "d.M.yyyy,5.6.2020,2020-06-05",
    "yyyyMMdd,20200230,",
    "yyyyMMdd,20200229,2020-02-29",
    "yyyy-MM-dd'T'HH:mm:ss,2020-01-02T23:59:59,2020-01-02",
    "yyyy-MM-dd'T'HH:mm:ss,2020-01-02T24:00:00,",
    "yyyy-MM-dd HH:mm:ss,2020-01-02 00:00:00,2020-01-02"
  })
  void aTextIsADayOrNone(String form, String text, String expected) {
    long day = parse(DateForm.of(form.replace("''", "'")), text);
    assertEquals(expected == null ? DateForm.NO_DATE : LocalDate.parse(expected).toEpochDay(), day);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yyyy-MM-dd[ time]|2020-01-02|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02T23:59|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02 23:59|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02 3:59|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02T23:59:58Z|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02t23:59:58z|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02T23:59:58.123456789Z|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02T23:59:58,5|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02T23:59:58+01:00|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02 23:59:58.000-0730|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02 23:59:58 +02|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02 23:59:58 UTC|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02T23:59:58+01:00[Europe/Berlin]|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02 11:59:58 PM|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02T235958Z|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02 24:00|2020-01-02",
        "yyyy-MM-dd[ time]|2020-01-02 24:01|",
        "yyyy-MM-dd[ time]|2020-01-02 23:60|",
        "yyyy-MM-dd[ time]|2020-01-02 23:59 ?|",
        "yyyy-MM-dd[ time]|2020-01-02 23:59x|",
        "yyyy-MM-dd[ time]|2020-01-02T|",
        "yyyy-MM-dd[ time]|2020-01-02 23:59:58.|",
        "yyyy-MM-dd[ time]|2020-02-30 23:59|",
        "yyyy-M-d[ time]|2020-1-2 00:00|2020-01-02",
        "yyyy/M/d[ time]|2020/01/02 12:30:00|2020-01-02",
        "yyyy.M.d[ time]|2020.01.02|2020-01-02",
        "M/d/yyyy[ time]|1/2/2020 1:05 PM|2020-01-02",
        "M/d/yyyy[ time]|1/2/2020 1:05:07 a.m.|2020-01-02",
        "d/M/yyyy[ time]|31/12/2020 13:05|2020-12-31",
        "M/d/yy[ time]|1/2/20 13:05|2020-01-02",
        "d/M/yy[ time]|1/2/70 13:05|1970-02-01",
        "d.M.yyyy[ time]|31.12.2020 13:05|2020-12-31",
        "d.M.yy[ time]|31.12.20|2020-12-31",
        "M-d-yyyy[ time]|12-31-2020|2020-12-31",
        "d-M-yyyy[ time]|31-12-2020 13:05:00|2020-12-31",
        "d MMM yyyy[ time]|2 Jan 2020|2020-01-02",
        "d MMM yyyy[ time]|02-JAN-2020 10:00:00|2020-01-02",
        "d MMM yyyy[ time]|02/Jan/2020:10:00:00 +0000|2020-01-02",
        "d MMM yyyy[ time]|Thu, 02 Jan 2020 10:00:00 GMT|2020-01-02",
        "d MMM yyyy[ time]|2. January 2020|2020-01-02",
        "d MMM yyyy[ time]|30 Feb 2020|",
        "d MMM yyyy[ time]|2 Jam 2020|",
        "d MMM yyyy[ time]|2Jan2020|",
        "d MMM yy[ time]|02-Jan-20|2020-01-02",
        "MMM d yyyy[ time]|January 2, 2020|2020-01-02",
        "MMM d yyyy[ time]|Sept 2 2020 3:04 PM|2020-09-02",
        "MMM d yyyy[ time]|Thu Jan 02 2020 10:00:00 GMT+0100 (Central European Standard Time)|2020-01-02",
        "yyyyMMdd[ time]|20200102T101500Z|2020-01-02",
        "yyyyMMdd[ time]|20200102 10:15|2020-01-02",
        "yyyyMMdd[ time]|20200102101500|2020-01-02",
        "yyyyMMdd[ time]|202001021015|2020-01-02",
        "yyyyMMdd[ time]|202001022515|",
        "yyyyMMdd[ time]|2020010210|",
        "seconds since 1970|1577923200|2020-01-02",
        "seconds since 1970|157792320|1975-01-01",
        "seconds since 1970|15779232|",
        "milliseconds since 1970|1577923200999|2020-01-02",
        "milliseconds since 1970|1577923200|"
      })
  void aTimeBehindADateIsReadAndDropped(String form, String text, String expected) {
    long day = parse(DateForm.of(form), text);
    assertEquals(expected == null ? DateForm.NO_DATE : LocalDate.parse(expected).toEpochDay(), day);
  }

  @Test
  void theFormsThatFitATextAreThoseThatReadIt() {
    Random random = new Random(7);
    String letters = "0123456789-/.: TJanFebZ,";
    for (int i = 0; i < 200_000; i++) {
      DateForm form = DateForm.values()[random.nextInt(DateForm.values().length)];
      StringBuilder text = new StringBuilder(form.format(random.nextInt(20_000) + 2000));
      for (int edits = random.nextInt(4); edits > 0 && text.length() > 0; edits--) {
        int at = random.nextInt(text.length());
        char letter = letters.charAt(random.nextInt(letters.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, letter);
          case 1 -> text.insert(at, letter);
          default -> text.deleteCharAt(at);
        }
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      long fitting = DateShape.fitting(bytes, 0, bytes.length);
      for (DateForm each : DateForm.values()) {
        boolean reads = each.parse(bytes, 0, bytes.length) != DateForm.NO_DATE;
        assertEquals(reads, (fitting & 1L << each.ordinal()) != 0, () -> each + " " + text);
      }
    }
  }

  @Test
  void aDayWithoutATextIsRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> DateForm.DAY_FIRST_SHORT.format(LocalDate.of(1950, 1, 1).toEpochDay()));
    assertEquals(
        "Cannot write 1950-01-01 as d/M/yy: the years are 1969 to 2068", error.getMessage());
  }

  private static long expected(DateTimeFormatter java, Pattern shape, String text) {
    if (!shape.matcher(text).matches()) {
      return DateForm.NO_DATE;
    }
    try {
      return LocalDate.parse(text, java).toEpochDay();
    } catch (DateTimeParseException e) {
      return DateForm.NO_DATE;
    }
  }

  /** Java's own reader of the pattern, strict about the calendar. */
  private static DateTimeFormatter formatter(DateForm form) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
    String pattern = form.pattern();
    boolean twoDigits = pattern.endsWith("/yy");
    if (twoDigits) {
      builder
          .appendPattern(pattern.substring(0, pattern.length() - 2))
          .appendValueReduced(ChronoField.YEAR, 2, 2, 1969);
    } else {
      builder.appendPattern(pattern.replace("yyyy", "uuuu"));
    }
    return builder.toFormatter().withResolverStyle(ResolverStyle.STRICT);
  }

  /** The digits that the pattern allows; Java's reader is more lenient there. */
  private static Pattern shape(DateForm form) {
    return Pattern.compile(
        form.pattern()
            .replace("'", "")
            .replace(".", "\\.")
            .replace("yyyy", "(?!0000)\\p{Digit}{4}")
            .replaceAll("yy|MM|dd|HH|mm|ss", "\\\\p{Digit}{2}")
            .replaceAll("\\bM\\b|\\bd\\b", "\\\\p{Digit}{1,2}"));
  }

  private static long parse(DateForm form, String text) {
    byte[] bytes = ("1" + text + "1").getBytes(StandardCharsets.UTF_8);
    return form.parse(bytes, 1, bytes.length - 1);
  }
}
