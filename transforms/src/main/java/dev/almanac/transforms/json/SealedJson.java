package dev.almanac.transforms.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A JSON file that guards itself: its key {@value #KEY} is the SHA-256 of all the rest, and it is
 * written in exactly one form, so that any changed byte is found.
 *
 * @param object what stands in the file, the key among it; null when that cannot be told
 * @param problem what is wrong with the file, to stand behind its name and a colon; null when
 *     nothing is
 */
public record SealedJson(ObjectNode object, String problem) {
  public static final String KEY = "file-hash";

  private static final String ANY = "an object";

  /** The text of a file that holds an object; the seal is its last key. */
  public static String text(Object value) {
    try {
      // As it will be read: a number has one form then, however it came to be.
      ObjectNode object = (ObjectNode) Json.tree(Json.line(value), ANY);
      object.put(KEY, Json.sha256(object));
      return Json.pretty(object);
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot seal JSON: " + e.getMessage(), e);
    }
  }

  /** Looks at the bytes of a file. */
  public static SealedJson of(byte[] bytes) {
    if (bytes.length == 0) {
      return new SealedJson(null, "it is empty");
    }
    JsonNode tree;
    try {
      tree = Json.tree(new String(bytes, StandardCharsets.UTF_8), ANY);
    } catch (IOException unreadable) {
      return new SealedJson(
          null, "it is no JSON (%s)".formatted(firstLine(unreadable.getMessage())));
    }
    if (!(tree instanceof ObjectNode object)) {
      return new SealedJson(null, "it is no JSON object");
    }
    ObjectNode content = object.deepCopy();
    JsonNode seal = content.remove(KEY);
    if (seal == null || !seal.isTextual()) {
      return new SealedJson(object, "it lacks its %s".formatted(KEY));
    }
    String hash = Json.sha256(content);
    if (!seal.textValue().equals(hash)) {
      return new SealedJson(
          object,
          "it was changed after it was written (the hash of all in it is %s; its %s says another)"
              .formatted(hash, KEY));
    }
    if (!Arrays.equals(Json.pretty(object).getBytes(StandardCharsets.UTF_8), bytes)) {
      return new SealedJson(
          object, "it was changed after it was written (it says the same in other bytes)");
    }
    return new SealedJson(object, null);
  }

  /** What stands in the file but its seal. */
  public ObjectNode content() {
    ObjectNode content = object.deepCopy();
    content.remove(KEY);
    return content;
  }

  /** The file's {@code format-version}; 0 when it has none. */
  public int formatVersion() {
    return object == null ? 0 : object.path("format-version").asInt();
  }

  /**
   * What is wrong with the file, and with its version where it seems to be another; null when
   * nothing is but the version.
   *
   * @param version that the program reads
   */
  public String problem(int version) {
    return problem == null || object == null || formatVersion() == version
        ? problem
        : "%s, nor is its format-version %s (%s found)"
            .formatted(problem, version, formatVersion());
  }

  /** A parser's message goes on with the text and places in its own words. */
  private static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.startsWith("Cannot read " + ANY + ": ")
        ? line.substring(("Cannot read " + ANY + ": ").length())
        : line;
  }
}
