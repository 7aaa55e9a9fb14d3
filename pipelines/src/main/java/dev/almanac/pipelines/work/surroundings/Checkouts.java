package dev.almanac.pipelines.work.surroundings;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Git says of folders, asked once each: whoever trains several runs that are to be of one
 * state of the code keeps one. Thread-safe.
 */
public final class Checkouts {
  private final Map<String, GitCheckout> asked = new ConcurrentHashMap<>();

  GitCheckout of(Path folder, String file) {
    return asked.computeIfAbsent(file + folder, key -> GitCheckout.of(folder, file));
  }
}
