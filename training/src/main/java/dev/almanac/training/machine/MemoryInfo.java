package dev.almanac.training.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The bytes that Linux says the machine has; elsewhere none are known. */
record MemoryInfo(Map<String, Long> values) {
  private static final long KILO = 1024;

  static MemoryInfo of(Path root) {
    Map<String, Long> values = new HashMap<>();
    try {
      for (String line : SystemFile.lines(root.resolve("proc/meminfo"))) {
        String[] words = line.split("[:\\s]+");
        if (words.length >= 2 && words[1].matches("\\d{1,15}")) {
          values.put(words[0], Long.parseLong(words[1]) * KILO);
        }
      }
    } catch (IOException elsewhere) {
      // Java knows how much there is.
    }
    return new MemoryInfo(values);
  }

  OptionalLong total() {
    return value("MemTotal");
  }

  OptionalLong available() {
    return value("MemAvailable");
  }

  private OptionalLong value(String name) {
    Long value = values.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
