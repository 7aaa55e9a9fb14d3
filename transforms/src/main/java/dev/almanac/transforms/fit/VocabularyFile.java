package dev.almanac.transforms.fit;

import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import dev.almanac.transforms.encode.vocabulary.VocabularyLines;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A vocabulary in a file of its own, in the form of {@link VocabularyLines}.
 *
 * @param path below the transform's folder
 */
record VocabularyFile(String path, int entries, String sha256) {
  private static final int LONGEST_NAME = 64;

  /** The file of a column's vocabulary, not yet written. */
  static VocabularyFile of(int position, String column, Vocabulary vocabulary) {
    String name = column.replaceAll("[^A-Za-z0-9._-]", "_");
    String path =
        String.format(
            Locale.ROOT,
            "vocabulary/%03d-%s.jsonl",
            position,
            name.substring(0, Math.min(name.length(), LONGEST_NAME)));
    return new VocabularyFile(path, vocabulary.size(), vocabulary.sha256());
  }

  void write(String folder, Vocabulary vocabulary) throws IOException {
    Storage.write(Storage.resolve(folder, path), out -> VocabularyLines.write(vocabulary, out));
  }

  /**
   * Reads the file.
   *
   * @throws IOException when it is not what was written
   */
  Vocabulary read(String folder) throws IOException {
    String place = Storage.resolve(folder, path);
    MessageDigest digest = Json.digest();
    Vocabulary vocabulary;
    try (InputStream in = new DigestInputStream(Storage.open(place), digest)) {
      vocabulary = VocabularyLines.read(in, place);
    }
    if (vocabulary.size() != entries || !HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
      throw new ForeseenException(
          "Cannot read %s: it was changed after it was written (its hash does not fit)"
              .formatted(place));
    }
    return vocabulary;
  }
}
