package dev.almanac.transforms.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * How every JSON file of Almanac looks: kebab-case keys in the order of the record's components,
 * absent instead of null, numbers in their shortest exact form, a final newline.
 *
 * <p>Equal values give equal bytes on every machine and JDK. Reading refuses keys it does not know.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                  // A cell may be as long as a row: what was written is read back.
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          // A record is its components: `isClasses()` is no value of its own, nor one of `classes`.
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build();

  /** Characters of a parser's message that are shown: it may quote what it could not read. */
  private static final int SHOWN = 500;

  private Json() {}

  /** The mapper itself, for trees. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** A file's text: indented by two, one element of an array a line, a newline at the end. */
  public static String pretty(Object value) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** One line, no newline. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a value from a file's text.
   *
   * @param place the file's path, for messages
   * @throws IOException naming the place, the key and the known keys
   */
  public static <T> T read(String text, Class<T> type, String place) throws IOException {
    try {
      return MAPPER.readValue(text, type);
    } catch (UnrecognizedPropertyException e) {
      throw new ForeseenException(
          "Cannot read %s: unknown key '%s' (known keys: %s)"
              .formatted(place, Names.of(path(e)), new TreeSet<>(e.getKnownPropertyIds())),
          e);
    } catch (JsonMappingException e) {
      throw new ForeseenException(
          "Cannot read %s: %s at '%s'"
              .formatted(place, Printable.line(e.getOriginalMessage(), SHOWN), Names.of(path(e))),
          e);
    } catch (JsonProcessingException e) {
      throw new ForeseenException(
          "Cannot read %s: %s%s"
              .formatted(place, Printable.line(e.getOriginalMessage(), SHOWN), line(e)),
          e);
    } catch (StackOverflowError e) {
      throw new ForeseenException(
          "Cannot read %s: its values are nested too deeply".formatted(place), e);
    }
  }

  /** Where it was; nothing where the parser does not say, as of a limit of its own. */
  private static String line(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " (line %s)".formatted(e.getLocation().getLineNr());
  }

  /** Reads a file's text as a tree. */
  public static JsonNode tree(String text, String place) throws IOException {
    return read(text, JsonNode.class, place);
  }

  /** Lower-case hexadecimal SHA-256 of a value's one-line form. */
  public static String sha256(Object value) {
    return sha256(line(value).getBytes(StandardCharsets.UTF_8));
  }

  /** The SHA-256 of bytes, in hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** A new SHA-256. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash: every Java has SHA-256", e);
    }
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.toString();
  }
}
