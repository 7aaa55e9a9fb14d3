package dev.almanac.transforms.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.encode.CategoryEncoder;
import dev.almanac.transforms.encode.NominalStep;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.util.Arrays;

/**
 * A nominal feature in {@code transform.json}: its own keys, then its vocabulary or the file of it.
 */
final class WrittenEncoder {
  static final int INLINE_ENTRIES = 1000;
  private static final String VOCABULARY = "vocabulary";
  private static final String VOCABULARY_FILE = "vocabulary-file";

  private WrittenEncoder() {}

  /** The keys. */
  static ObjectNode of(CategoryEncoder encoder, int position) {
    ObjectNode written = encoder.written();
    Vocabulary vocabulary = encoder.vocabulary();
    if (isLarge(vocabulary)) {
      written.set(VOCABULARY_FILE, Json.mapper().valueToTree(file(encoder, position)));
    } else if (vocabulary != null) {
      written.set(VOCABULARY, Json.mapper().valueToTree(vocabulary.entries()));
    }
    return written;
  }

  private static boolean isLarge(Vocabulary vocabulary) {
    return vocabulary != null && vocabulary.size() > INLINE_ENTRIES;
  }

  private static VocabularyFile file(CategoryEncoder encoder, int position) {
    return VocabularyFile.of(position, encoder.column(), encoder.vocabulary());
  }

  /** Writes the file of a large vocabulary. */
  static void writeVocabulary(CategoryEncoder encoder, int position, String folder)
      throws IOException {
    if (isLarge(encoder.vocabulary())) {
      file(encoder, position).write(folder, encoder.vocabulary());
    }
  }

  /** The encoder that these keys, and files in the folder, are of. */
  static CategoryEncoder read(ObjectNode written, String folder) throws IOException {
    try {
      ObjectNode keys = written.deepCopy();
      JsonNode inline = keys.remove(VOCABULARY);
      JsonNode file = keys.remove(VOCABULARY_FILE);
      Vocabulary vocabulary = null;
      if (file != null) {
        vocabulary = Json.mapper().convertValue(file, VocabularyFile.class).read(folder);
      } else if (inline != null) {
        vocabulary =
            new Vocabulary(Arrays.asList(Json.mapper().convertValue(inline, ValueCount[].class)));
      }
      JsonNode step = keys.path("steps").path(0);
      return Json.mapper().convertValue(step, NominalStep.class).read(keys, vocabulary);
    } catch (IllegalArgumentException e) {
      throw new ForeseenException(
          "Cannot read a nominal feature of %s: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
