package dev.almanac.training.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hashes of files that rarely change, kept in the user's cache between processes: a file of the
 * same path, size and time of change is not read again. A cache that cannot be read or written is
 * none.
 */
final class HashCache {
  private static final int HASH = 64;

  /** Files: a class path has hundreds; those of builds long gone make room. */
  private static final int MOST = 20_000;

  /** Null keeps nothing. */
  private final Path store;

  private final Map<String, String> known = new TreeMap<>();
  private boolean changed;

  private HashCache(Path store) {
    this.store = store;
  }

  /** The one of this user; one that keeps nothing when that is off. */
  static HashCache ofUser() {
    return UserCache.folder()
        .map(folder -> of(folder.resolve("hashes.txt")))
        .orElseGet(() -> new HashCache(null));
  }

  static HashCache of(Path store) {
    HashCache cache = new HashCache(store);
    try {
      for (String line : SystemFile.lines(store)) {
        if (line.length() > HASH + 1) {
          cache.known.put(line.substring(HASH + 1), line.substring(0, HASH));
        }
      }
    } catch (IOException none) {
      // Then every file is read.
    }
    return cache;
  }

  /** The SHA-256 of a file in hexadecimal. */
  String hash(Path file) throws IOException {
    Path full = file.toAbsolutePath().normalize();
    String key =
        "%s %s %s".formatted(Files.size(file), Files.getLastModifiedTime(file).toMillis(), full);
    String hash = known.get(key);
    if (hash == null) {
      hash = read(file);
      known.put(key, hash);
      changed = true;
    }
    return hash;
  }

  /** Keeps what was learnt for the processes to come. */
  void save() {
    if (!changed || store == null) {
      return;
    }
    try {
      if (known.size() > MOST) {
        known.keySet().removeIf(key -> !Files.exists(Path.of(key.split(" ", 3)[2])));
      }
      StringBuilder text = new StringBuilder();
      known.forEach((key, hash) -> text.append(hash).append(' ').append(key).append('\n'));
      Files.createDirectories(store.getParent());
      Path staged = Files.createTempFile(store.getParent(), "hashes", ".writing");
      Files.writeString(staged, text, StandardCharsets.UTF_8);
      move(staged);
      changed = false;
    } catch (IOException | RuntimeException unwritable) {
      // The next process reads the files again.
    }
  }

  private void move(Path staged) throws IOException {
    try {
      Files.move(staged, store, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(staged, store, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(staged);
    }
  }

  private static String read(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
