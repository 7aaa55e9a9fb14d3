package dev.almanac.transforms.artifact;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.encode.Vocabulary;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A vocabulary in a file of its own: an object of value and count a line, in the order of indices.
 *
 * @param path below the transform's folder
 */
record VocabularyFile(String path, int entries, String sha256) {
  private static final int LONGEST_NAME = 64;

  /** The file of a column's vocabulary, not yet written. */
  static VocabularyFile of(int position, String column, Vocabulary vocabulary) {
    String name = column.replaceAll("[^A-Za-z0-9._-]", "_");
    String path =
        "vocabulary/%03d-%s.jsonl"
            .formatted(position, name.substring(0, Math.min(name.length(), LONGEST_NAME)));
    MessageDigest digest = Json.digest();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      lines(vocabulary, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new VocabularyFile(path, vocabulary.size(), hex(digest));
  }

  void write(String folder, Vocabulary vocabulary) throws IOException {
    Storage.write(
        Storage.resolve(folder, path),
        out -> {
          OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
          lines(vocabulary, buffered);
          buffered.flush();
        });
  }

  /**
   * Reads the file.
   *
   * @throws IOException when it is not what was written
   */
  Vocabulary read(String folder) throws IOException {
    String place = Storage.resolve(folder, path);
    MessageDigest digest = Json.digest();
    List<ValueCount> values = new ArrayList<>();
    try (InputStream in = new DigestInputStream(Storage.open(place), digest);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        values.add(Json.read(line, ValueCount.class, place));
      }
    }
    if (values.size() != entries || !hex(digest).equals(sha256)) {
      throw new IOException(
          "Cannot read %s: it was changed after it was written (its hash does not fit)"
              .formatted(place));
    }
    return new Vocabulary(values);
  }

  private static void lines(Vocabulary vocabulary, OutputStream out) throws IOException {
    for (ValueCount entry : vocabulary.entries()) {
      out.write((Json.line(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
