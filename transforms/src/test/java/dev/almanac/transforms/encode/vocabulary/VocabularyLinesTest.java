package dev.almanac.transforms.encode.vocabulary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyLinesTest {
  private static final List<ValueCount> EVERY_CHARACTER = everyCharacter();

  @Test
  void theBytesAreThoseOfJson() throws IOException {
    String oracle =
        EVERY_CHARACTER.stream()
            .map(entry -> Json.line(entry) + "\n")
            .collect(Collectors.joining());
    assertArrayEquals(
        oracle.getBytes(StandardCharsets.UTF_8), lines(new Vocabulary(EVERY_CHARACTER)));
  }

  @Test
  void whatWasWrittenIsReadBack() throws IOException {
    Vocabulary vocabulary = new Vocabulary(EVERY_CHARACTER);
    Vocabulary read = read(lines(vocabulary));
    assertEquals(vocabulary, read);
    assertEquals(vocabulary.hashCode(), read.hashCode());
    assertEquals(EVERY_CHARACTER, read.entries());
    assertEquals(vocabulary.sha256(), read.sha256());
    assertEquals(new Vocabulary(List.of()), read(new byte[0]));
  }

  @Test
  void aValueLongerThanAnyBufferIsReadBack() throws IOException {
    List<ValueCount> entries =
        List.of(
            new ValueCount("\u0001".repeat(300_000), Long.MAX_VALUE),
            new ValueCount("x".repeat(1 << 20), 1));
    assertEquals(entries, read(lines(new Vocabulary(entries))).entries());
  }

  @Test
  void aLineThatIsNoValueAndItsCountIsNamed() {
    String good = "{\"value\":\"a\",\"count\":2}\n";
    for (String bad :
        List.of(
            "\n",
            "{}\n",
            "{\"value\":\"b\",\"count\":}\n",
            "{\"value\":\"b\",\"count\":1}",
            "{\"value\":\"b\",\"count\":1,\"more\":2}\n",
            "{\"value\":\"b\\q\",\"count\":1}\n",
            "{\"value\":\"b\\u00zz\",\"count\":1}\n",
            "{\"value\":\"b\\",
            "{\"value\":\"b\",\"count\":123456789012345678901}\n")) {
      IOException refused =
          assertThrows(
              IOException.class, () -> read((good + bad).getBytes(StandardCharsets.UTF_8)), bad);
      assertEquals(
          "Cannot read test.jsonl: each line must be a value and its count (line 2 is not)",
          refused.getMessage());
    }
    assertEquals(
        "Cannot read test.jsonl: Cannot make a vocabulary: it holds 'a' twice",
        assertThrows(IOException.class, () -> read((good + good).getBytes(StandardCharsets.UTF_8)))
            .getMessage());
  }

  @Test
  void javaCarriesAVocabularyInFewMoreBytesThanItsTexts() throws Exception {
    Vocabulary vocabulary =
        new Vocabulary(
            IntStream.range(0, 100_000)
                .mapToObj(i -> new ValueCount("v%07d".formatted(i), 3))
                .toList());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(vocabulary);
    }
    assertTrue(bytes.size() < 100_000 * 11, () -> bytes.size() + " bytes");
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(vocabulary, in.readObject());
    }
  }

  private static List<ValueCount> everyCharacter() {
    List<ValueCount> entries = new ArrayList<>();
    for (int code = 0; code < 0x3000; code++) {
      if (!Character.isSurrogate((char) code)) {
        entries.add(new ValueCount("<" + Character.toString(code) + ">", 1 + code / 7));
      }
    }
    entries.add(new ValueCount("", 12));
    entries.add(new ValueCount("\uD83D\uDE00 \"quoted\" \\ back/slash", Long.MAX_VALUE));
    return entries;
  }

  private static byte[] lines(Vocabulary vocabulary) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VocabularyLines.write(vocabulary, out);
    return out.toByteArray();
  }

  private static Vocabulary read(byte[] lines) throws IOException {
    return VocabularyLines.read(new ByteArrayInputStream(lines), "test.jsonl");
  }
}
