package dev.almanac.pipelines.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Damages the files of a folder, one way after the other, and mends them: bits and bytes that
 * change, files that are cut, that grow, that are emptied or exchanged. What it does follows from
 * the seed.
 */
final class Damage {
  private final Path folder;
  private final List<String> paths;
  private final Random random;
  private final Map<String, byte[]> written = new LinkedHashMap<>();

  /** How files are damaged; bits change more often than all else. */
  private enum Kind {
    BIT,
    BYTE,
    CUT,
    GROWN,
    EMPTIED,
    EXCHANGED
  }

  private static final List<Kind> KINDS =
      List.of(
          Kind.BIT,
          Kind.BIT,
          Kind.BIT,
          Kind.BIT,
          Kind.BYTE,
          Kind.BYTE,
          Kind.CUT,
          Kind.GROWN,
          Kind.EMPTIED,
          Kind.EXCHANGED);

  /**
   * @param chosen which paths below the folder are damaged, each as often as any other
   */
  Damage(Path folder, Predicate<String> chosen, long seed) throws IOException {
    this.folder = folder;
    this.random = new Random(seed);
    try (Stream<Path> files = Files.walk(folder)) {
      this.paths =
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString())
              .filter(chosen)
              .sorted()
              .toList();
    }
  }

  List<String> paths() {
    return paths;
  }

  /**
   * One damage.
   *
   * @param what for a message
   * @param paths of the files that are not as they were
   */
  record Done(String what, List<String> paths) {
    /** Whether a text names one of the files. */
    boolean isNamedIn(String text) {
      return paths.stream().anyMatch(text::contains);
    }
  }

  /** Damages a file, or two. */
  Done next() throws IOException {
    while (true) {
      String path = paths.get(random.nextInt(paths.size()));
      Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      byte[] bytes = Files.readAllBytes(folder.resolve(path));
      if (kind == Kind.EXCHANGED) {
        String other = paths.get(random.nextInt(paths.size()));
        byte[] others = Files.readAllBytes(folder.resolve(other));
        if (!Arrays.equals(bytes, others)) {
          put(path, bytes, others);
          put(other, others, bytes);
          return new Done("%s exchanged with %s".formatted(path, other), List.of(path, other));
        }
      } else if (bytes.length > 0) {
        int at = random.nextInt(bytes.length);
        put(path, bytes, damaged(bytes, kind, at));
        return new Done(
            "%s: %s at %d of %d".formatted(path, kind, at, bytes.length), List.of(path));
      }
    }
  }

  private byte[] damaged(byte[] bytes, Kind kind, int at) {
    byte[] changed = bytes.clone();
    switch (kind) {
      case BIT -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case BYTE -> changed[at] += (byte) (1 + random.nextInt(255));
      case CUT -> changed = Arrays.copyOf(bytes, at);
      case GROWN -> {
        changed = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(64));
        byte more = (byte) random.nextInt(256);
        Arrays.fill(changed, bytes.length, changed.length, more);
      }
      default -> changed = new byte[0];
    }
    return changed;
  }

  private void put(String path, byte[] before, byte[] after) throws IOException {
    written.putIfAbsent(path, before);
    Files.write(folder.resolve(path), after);
  }

  /** Puts back what was damaged. */
  void mend() throws IOException {
    for (String path : new TreeSet<>(written.keySet())) {
      Files.write(folder.resolve(path), written.get(path));
    }
    written.clear();
  }
}
