package dev.almanac.transforms.schema.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFormTest {
  private static final NumberForm GERMAN = new NumberForm(',', '.');
  private static final NumberForm ENGLISH = new NumberForm('.', ',');

  @Test
  void whatJavaFormatsInAnySeparatorsIsReadBack() {
    Random random = new Random(5);
    char[] points = {'.', ',', ';', '_', ':'};
    char[] separators = {'.', ',', ' ', '\'', '_', '\u00a0', '\u202f', '\u2019'};
    for (int round = 0; round < 50_000; round++) {
      char point = points[random.nextInt(points.length)];
      char separator = separators[random.nextInt(separators.length)];
      if (point == separator) {
        continue;
      }
      NumberForm form = new NumberForm(point, separator);
      DecimalFormatSymbols symbols = new DecimalFormatSymbols(Locale.ROOT);
      symbols.setDecimalSeparator(point);
      symbols.setGroupingSeparator(separator);
      symbols.setMinusSign('-');
      boolean grouped = random.nextBoolean();
      DecimalFormat format = new DecimalFormat(grouped ? "#,##0.###" : "0.###", symbols);
      double value = Math.rint(random.nextGaussian() * Math.pow(10, random.nextInt(12))) / 8;
      byte[] text = format.format(value).getBytes(StandardCharsets.UTF_8);
      double shown =
          Double.parseDouble(
              new DecimalFormat("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT))
                  .format(value));
      assertEquals(shown, form.parseDouble(text, 0, text.length), () -> new String(text));
      long whole = random.nextLong() >> random.nextInt(64);
      byte[] integer = format.format(whole).getBytes(StandardCharsets.UTF_8);
      assertEquals(whole, form.parseLong(integer, 0, integer.length), () -> new String(integer));
      assertEquals(NumberKind.INTEGER, form.kind(integer, 0, integer.length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,5",
        "12,34",
        "1234,567",
        "0,123",
        "1,234,56",
        "1,2345",
        ",123",
        "1,",
        "1,,234",
        "1.234,5",
        "1.5,000",
        "1,234.5.6",
        "1e1,000",
        "--1",
        "1,234,",
        "00,123",
        "-,123"
      })
  void separatorsElsewhereThanBetweenGroupsOfThreeAreNoNumber(String text) {
    assertNone(ENGLISH, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,5|1.5",
        "1.234|1234",
        "1.234.567,5|1234567.5",
        "-12.345,25|-12345.25",
        "+,5|0.5",
        "5,|5",
        "1,5e3|1500",
        "1234567,5|1234567.5",
        "0,25|0.25"
      })
  void aCommaIsTheDecimalPoint(String text, double value) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(value, GERMAN.parseDouble(bytes, 0, bytes.length));
    assertTrue(GERMAN.kind(bytes, 0, bytes.length).isFiniteDouble());
  }

  @Test
  void thePointOfTheOtherFormIsNone() {
    assertNone(new NumberForm(',', null), "1.5");
    assertNone(GERMAN, "1.5");
    assertNone(GERMAN, "1,234,567");
    assertNone(NumberForm.STANDARD, "1,5");
  }

  @Test
  void specialTextsStayWhatTheyAre() {
    byte[] nan = "-Infinity".getBytes(StandardCharsets.UTF_8);
    assertEquals(NumberKind.NOT_FINITE, GERMAN.kind(nan, 0, nan.length));
    byte[] large = "9.223.372.036.854.775.808".getBytes(StandardCharsets.UTF_8);
    assertEquals(NumberKind.LARGE_INTEGER, GERMAN.kind(large, 0, large.length));
    byte[] least = "-9.223.372.036.854.775.808".getBytes(StandardCharsets.UTF_8);
    assertEquals(NumberKind.INTEGER, GERMAN.kind(least, 0, least.length));
  }

  @Test
  void signsDigitsAndLettersSeparateNothing() {
    assertEquals(
        "Cannot read numbers: the decimal point is an ASCII character and no letter, digit, sign"
            + " or blank ('e'); the thousands separator is no letter, digit, sign or line break"
            + " ('-')",
        assertThrows(IllegalArgumentException.class, () -> new NumberForm('e', '-')).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new NumberForm(',', ','));
  }

  private static void assertNone(NumberForm form, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(NumberKind.NONE, form.kind(bytes, 0, bytes.length), text);
    assertTrue(Double.isNaN(form.parseDouble(bytes, 0, bytes.length)), text);
    assertEquals(NumberText.NO_LONG, form.parseLong(bytes, 0, bytes.length), text);
  }
}
