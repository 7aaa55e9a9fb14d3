package dev.almanac.transforms.schema.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactTextTest {
  @Test
  void anIntegerIsExactWhenJavaWritesItSo() {
    Random random = new Random(1);
    String[] prefixes = {"", "0", "00", "-", "+", "-0"};
    for (int i = 0; i < 100_000; i++) {
      String text =
          prefixes[random.nextInt(prefixes.length)]
              + Long.toString(random.nextLong() >>> random.nextInt(64) & Long.MAX_VALUE);
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      if (NumberText.parseLong(bytes, 0, bytes.length) != NumberText.NO_LONG) {
        assertEquals(
            Long.toString(Long.parseLong(text)).equals(text),
            ExactText.isLong(bytes, 0, bytes.length),
            text);
      }
    }
  }

  @Test
  void aDecimalIsExactWhenJavaWritesItSo() {
    Random random = new Random(2);
    String letters = "0123456789000.5";
    for (int i = 0; i < 500_000; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
      for (int length = 1 + random.nextInt(random.nextBoolean() ? 6 : 20); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      if (random.nextInt(10) == 0) {
        text.append("E").append(random.nextInt(20) - 10);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
      double value = NumberText.parseDouble(bytes, 0, bytes.length);
      if (Double.isFinite(value)) {
        assertEquals(
            Double.toString(value + 0.0).equals(text.toString()),
            ExactText.isDouble(bytes, 0, bytes.length),
            text::toString);
      }
    }
  }
}
