package dev.almanac.training.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** A small file in which Linux tells of itself; elsewhere there is none. */
final class SystemFile {
  private SystemFile() {}

  static List<String> lines(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }

  /** A number that stands alone in a file; none for another word, such as {@code max}. */
  static OptionalLong number(Path file) {
    try {
      List<String> lines = lines(file);
      return lines.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(lines.get(0).strip()));
    } catch (IOException | NumberFormatException elsewhere) {
      return OptionalLong.empty();
    }
  }
}
