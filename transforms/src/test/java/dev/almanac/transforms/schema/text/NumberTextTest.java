package dev.almanac.transforms.schema.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern NOT_FINITE = Pattern.compile("(?i)[+-]?(nan|inf|infinity)");

  @Test
  void everyDoubleComesBackFromItsShortestText() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertSameBits(value, Double.toString(value));
      }
    }
  }

  @Test
  void decimalsOfAnyLengthAreRoundedAsJavaRoundsThem() {
    Random random = new Random(2);
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
      digits(random, random.nextInt(22), text);
      if (random.nextBoolean()) {
        text.append('.');
        digits(random, random.nextInt(22), text);
      }
      if (random.nextInt(3) == 0) {
        text.append("e").append(random.nextInt(700) - 350);
      }
      assertAgreesWithJava(text.toString());
    }
  }

  @Test
  void halfwayCasesAndTheEndsOfTheRangeAreCorrectlyRounded() {
    for (String text :
        List.of(
            "9007199254740993",
            "9007199254740992.5",
            "9007199254740993.0000000000000000000000000000001",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1e-400",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "0.1e23",
            "1e22",
            "1e23",
            "-0",
            "-0.0",
            "0e999999999999",
            "123456789012345678e22",
            "1" + "0".repeat(400) + "e-400",
            "0." + "0".repeat(400) + "1e401")) {
      assertSameBits(Double.parseDouble(text), text);
    }
  }

  @Test
  void randomTextsAreNumbersExactlyWhenTheGrammarSaysSo() {
    Random random = new Random(3);
    String letters = "0123456789012345678901234567890123456789.+-eE_ xXdDfFnNaAiItTyY,";
    for (int i = 0; i < 500_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(8);
      for (int j = 0; j < length; j++) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      assertAgreesWithJava(text.toString());
    }
  }

  @Test
  void integersOfAnyLengthEqualTheirBigInteger() {
    Random random = new Random(4);
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
      digits(random, 1 + random.nextInt(21), text);
      BigInteger exact = new BigInteger(text.toString());
      assertLong(exact, text.toString());
    }
    for (int below = -3; below <= 3; below++) {
      assertLong(BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.valueOf(below)), null);
      assertLong(BigInteger.valueOf(Long.MIN_VALUE).add(BigInteger.valueOf(below)), null);
    }
  }

  @Test
  void theLeastIntegerIsToldFromNoInteger() {
    assertEquals(NumberKind.INTEGER, kind("-9223372036854775808"));
    assertEquals(NumberKind.INTEGER, kind("-000009223372036854775808"));
    assertEquals(NumberKind.LARGE_INTEGER, kind("9223372036854775808"));
    assertEquals(NumberKind.LARGE_INTEGER, kind("-9223372036854775809"));
    assertEquals(NumberKind.LARGE_INTEGER, kind("-19223372036854775808"));
  }

  @ParameterizedTest
  @CsvSource({
    "+3,INTEGER",
    "-17,INTEGER",
    "007,INTEGER",
    ".5,DECIMAL",
    "5.,DECIMAL",
    "1e5,DECIMAL",
    "-1.5E-7,DECIMAL",
    "1e999,OVERFLOW",
    "-1e999,OVERFLOW",
    "NaN,NOT_FINITE",
    "nan,NOT_FINITE",
    "-inf,NOT_FINITE",
    "+Infinity,NOT_FINITE",
    "INFINITY,NOT_FINITE"
  })
  void aTextIsOfOneKind(String text, NumberKind kind) {
    assertEquals(kind, kind(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x1p3", "1d", "1f", "1L", "1_000", "1,000", "1 000", ".", "-", "+", "e5", ".e5", "1e",
        "1e+", "--1", "+-1", "1.2.3", "1e5.0", "", " 1", "1 ", "nano", "-", "infinit", "१२",
            "1\u00a0"
      })
  void nothingElseIsANumber(String text) {
    assertEquals(NumberKind.NONE, kind(text));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertTrue(Double.isNaN(NumberText.parseDouble(bytes, 0, bytes.length)));
    assertEquals(NumberText.NO_LONG, NumberText.parseLong(bytes, 0, bytes.length));
  }

  private static void assertAgreesWithJava(String text) {
    boolean isInteger = INTEGER.matcher(text).matches();
    if (DECIMAL.matcher(text).matches()) {
      double expected = Double.parseDouble(text);
      assertSameBits(expected, text);
      NumberKind kind = kind(text);
      assertEquals(Double.isInfinite(expected), kind == NumberKind.OVERFLOW, text);
      assertEquals(isInteger, kind == NumberKind.INTEGER || kind == NumberKind.LARGE_INTEGER, text);
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertTrue(Double.isNaN(NumberText.parseDouble(bytes, 0, bytes.length)), text);
      boolean spelledOut = NOT_FINITE.matcher(text).matches();
      assertEquals(spelledOut ? NumberKind.NOT_FINITE : NumberKind.NONE, kind(text), text);
    }
    if (!isInteger) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertEquals(NumberText.NO_LONG, NumberText.parseLong(bytes, 0, bytes.length), text);
    }
  }

  private static void assertSameBits(double expected, String text) {
    // Other bytes around the text must not matter.
    byte[] bytes = ("7" + text + "7").getBytes(StandardCharsets.UTF_8);
    double actual = NumberText.parseDouble(bytes, 1, bytes.length - 1);
    assertEquals(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(actual), text);
  }

  private static void assertLong(BigInteger exact, String written) {
    String text = written == null ? exact.toString() : written;
    byte[] bytes = ("7" + text + "7").getBytes(StandardCharsets.UTF_8);
    boolean fits = exact.bitLength() < Long.SIZE;
    long expected = fits ? exact.longValue() : NumberText.NO_LONG;
    assertEquals(expected, NumberText.parseLong(bytes, 1, bytes.length - 1), text);
    assertEquals(fits ? NumberKind.INTEGER : NumberKind.LARGE_INTEGER, kind(text), text);
  }

  private static NumberKind kind(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return NumberText.kind(bytes, 0, bytes.length);
  }

  private static void digits(Random random, int count, StringBuilder text) {
    for (int i = 0; i < count; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
  }
}
