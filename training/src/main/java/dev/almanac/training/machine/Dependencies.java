package dev.almanac.training.machine;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The class path, each jar by its SHA-256; a folder of classes by that of the names and hashes of
 * its files.
 *
 * @param text a line for each in the order of the class path, as {@code sha256sum} writes and
 *     checks them
 * @param jars how many there are
 */
public record Dependencies(String text, int jars) {
  private static final String UNREADABLE = "0".repeat(64);

  /** Of a class path as the system writes it. */
  static Dependencies of(String classPath, HashCache cache) {
    StringBuilder text = new StringBuilder();
    int jars = 0;
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry.isEmpty() ? "." : entry);
      if (Files.isRegularFile(path)) {
        jars++;
        line(text, hash(path, cache), path.getFileName().toString());
      } else if (Files.isDirectory(path)) {
        line(text, folder(path, cache), folderName(path));
      }
    }
    cache.save();
    return new Dependencies(text.toString(), jars);
  }

  /** The hash of each by its name. */
  public Map<String, String> hashes() {
    Map<String, String> hashes = new TreeMap<>();
    text.lines()
        .filter(line -> line.length() > UNREADABLE.length() + 2)
        .forEach(
            line ->
                hashes.put(
                    line.substring(UNREADABLE.length() + 2),
                    line.substring(0, UNREADABLE.length())));
    return hashes;
  }

  private static void line(StringBuilder text, String hash, String name) {
    text.append(hash).append("  ").append(name.replaceAll("[\\r\\n]", "?")).append('\n');
  }

  private static String hash(Path file, HashCache cache) {
    try {
      return cache.hash(file);
    } catch (IOException unreadable) {
      return UNREADABLE;
    }
  }

  /** The last names that tell folders of classes apart, such as {@code training/target/classes}. */
  private static String folderName(Path folder) {
    Path full = folder.toAbsolutePath().normalize();
    int names = full.getNameCount();
    return names == 0 ? "/" : full.subpath(Math.max(0, names - 3), names) + "/";
  }

  private static String folder(Path folder, HashCache cache) {
    MessageDigest digest = HashCache.digest();
    try (Stream<Path> below = Files.walk(folder)) {
      List<Path> files = new ArrayList<>(below.filter(Files::isRegularFile).sorted().toList());
      for (Path file : files) {
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        digest.update((cache.hash(file) + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException | RuntimeException unreadable) {
      return UNREADABLE;
    }
  }
}
