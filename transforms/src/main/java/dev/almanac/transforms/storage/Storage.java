package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.MissingFileException;
import dev.almanac.transforms.problem.NotTextException;
import dev.almanac.transforms.storage.match.Glob;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * The only door to files: every path may be local, {@code s3://}, {@code gs://} or {@code hdfs://}.
 * Only {@link #match} and {@link Matches} take patterns; to all else a path is a path. Local names
 * are UTF-8 whatever the locale.
 *
 * <p>Beam's {@link FileSystems} reach remote files; a program that is not a Beam pipeline calls
 * {@link FileSystems#setDefaultPipelineOptions} once before it opens a remote path. Thread-safe.
 *
 * <p>Failed remote work is tried again, see {@link Tries}: reading continues at the byte reached,
 * and {@link #write} writes its content anew. A stream of {@link #create} cannot do that: it throws
 * an {@link UploadException}, and {@link Redo} repeats the work that filled it.
 */
public final class Storage {
  private Storage() {}

  /** Writes a file's bytes from the first to the last. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * The files that match, sorted by path; none when nothing does. Folders are not files.
   *
   * @param glob as {@code *}, {@code ?}, {@code [a-c]}, <code>{a,b}</code>, {@code **} for zero or
   *     more folders, and {@code \} before a character that is meant as it is
   */
  public static List<StoredFile> match(String glob) throws IOException {
    return match(glob, MatchRules.FILES);
  }

  /** The files in a folder, whatever characters are in its path, that match a pattern. */
  public static List<StoredFile> match(String folder, String pattern) throws IOException {
    return match(resolve(Glob.literal(folder), pattern));
  }

  private static List<StoredFile> match(String glob, MatchRules rules) throws IOException {
    checkServed(glob);
    List<Glob> globs = Glob.parse(glob);
    return isLocal(glob)
        ? LocalMatches.of(globs, rules).files()
        : RemoteMatches.of(globs, rules).files();
  }

  /** Every file below a folder, at any depth, sorted by path. */
  public static List<StoredFile> below(String folder) throws IOException {
    return match(resolve(Glob.literal(folder), "**"), MatchRules.BELOW);
  }

  /** The same by their paths from the folder on, such as {@code train/part-0.parquet}. */
  public static List<String> pathsBelow(String folder) throws IOException {
    String full = isLocal(folder) ? LocalDisk.absolute(folder) : folder;
    int length = full.endsWith("/") ? full.length() : full.length() + 1;
    return below(full).stream().map(file -> file.path().substring(length)).toList();
  }

  public static boolean exists(String path) throws IOException {
    return isLocal(path) ? LocalDisk.isFile(path) : !matchExactly(path).isEmpty();
  }

  /** Whether there is a file or a folder. */
  static boolean isThere(String path) throws IOException {
    return isLocal(path) ? LocalDisk.isThere(path) : exists(path) || !below(path).isEmpty();
  }

  /**
   * Whether there is a file system for the path.
   *
   * @throws ForeseenException when there is none
   */
  static void checkServed(String path) throws IOException {
    if (isLocal(path)) {
      return;
    }
    RegionLookup.before(path);
    String scheme = path.substring(0, path.indexOf("://"));
    try {
      FileSystems.matchNewResource(scheme + "://a/b", false);
    } catch (IllegalArgumentException e) {
      throw new ForeseenException(
          "Cannot use %s: no file system serves '%s://' here; paths may be local, s3://, gs:// or hdfs://, as far as the engine brings them along"
              .formatted(path, scheme),
          e);
    }
  }

  /**
   * The size of a file in bytes.
   *
   * @throws FileNotFoundException when there is none
   */
  public static long size(String path) throws IOException {
    if (isLocal(path)) {
      return LocalDisk.look(path).bytes();
    }
    try (RemoteFile file = RemoteFile.open(path)) {
      return file.size();
    }
  }

  /**
   * The size of a file and when it was last written.
   *
   * @throws FileNotFoundException when there is none
   */
  public static StoredFile look(String path) throws IOException {
    if (isLocal(path)) {
      return LocalDisk.look(path);
    }
    MatchResult.Metadata found = metadata(path);
    return new StoredFile(path, size(path), Math.max(0, found.lastModifiedMillis()));
  }

  /**
   * What the store says of a remote file.
   *
   * @throws FileNotFoundException when there is none
   */
  static MatchResult.Metadata metadata(String path) throws IOException {
    List<MatchResult.Metadata> found = matchExactly(path);
    if (found.isEmpty()) {
      throw new MissingFileException(path);
    }
    return found.get(0);
  }

  /** Bytes from the start; the caller closes the stream. */
  public static InputStream open(String path) throws IOException {
    return Channels.newInputStream(openSeekable(path));
  }

  /** Bytes from an offset on; the caller closes the stream. */
  public static InputStream openFrom(String path, long offset) throws IOException {
    SeekableByteChannel channel = openSeekable(path);
    channel.position(offset);
    return Channels.newInputStream(channel);
  }

  /** Bytes from any place; the caller closes the channel. */
  public static SeekableByteChannel openSeekable(String path) throws IOException {
    return isLocal(path) ? LocalDisk.open(path) : RemoteFile.open(path);
  }

  /**
   * A new file, or a new content for one; parent folders are made. The caller closes it.
   *
   * <p>A remote one throws an {@link UploadException} when it cannot be written or closed.
   */
  public static OutputStream create(String path) throws IOException {
    if (isLocal(path)) {
      return LocalDisk.create(path);
    }
    checkServed(path);
    return Tries.of(
        "write " + path,
        () -> new RemoteOutput(path, FileSystems.create(resource(path), MimeTypes.BINARY)));
  }

  /**
   * Looks, before long work, whether something can be written there: nothing is.
   *
   * @throws ForeseenException when it cannot be, as far as that shows
   */
  public static void checkWritable(String path) throws IOException {
    checkServed(path);
    if (isLocal(path)) {
      LocalDisk.checkWritable(path);
    }
  }

  /** A new file, or a new content for one, written as often as it takes until it is whole. */
  public static void write(String path, Content content) throws IOException {
    Redo.whileUploadsFail(
        () -> {
          try (OutputStream out = create(path)) {
            content.writeTo(out);
          }
          return null;
        });
  }

  public static byte[] read(String path) throws IOException {
    try (InputStream in = open(path)) {
      return in.readAllBytes();
    }
  }

  /**
   * The text of a file in UTF-8, or in UTF-16 when it begins with the byte order mark of that; the
   * mark itself is left out.
   *
   * @throws NotTextException when its bytes are neither
   */
  public static String readText(String path) throws IOException {
    byte[] bytes = read(path);
    try {
      String text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new NotTextException(path);
    }
  }

  private static Charset charset(byte[] text) {
    int mark = text.length < 2 ? 0 : (text[0] & 0xFF) << 8 | text[1] & 0xFF;
    return switch (mark) {
      case 0xFEFF -> StandardCharsets.UTF_16BE;
      case 0xFFFE -> StandardCharsets.UTF_16LE;
      default -> StandardCharsets.UTF_8;
    };
  }

  /** Writes the text in place of what is there; a reader sees the old file or the new one. */
  public static void writeText(String path, String text) throws IOException {
    String staged = sibling(path, "." + name(path) + ".writing");
    try {
      write(staged, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      rename(List.of(staged), List.of(path));
    } catch (IOException e) {
      // On a full disk the half of it takes room from what is written next.
      try {
        delete(List.of(staged));
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** Renames file by file, replacing what is there; on object stores a copy and a delete. */
  public static void rename(List<String> from, List<String> to) throws IOException {
    List<String> remote = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      if (isLocal(from.get(i))) {
        LocalDisk.rename(from.get(i), to.get(i));
      } else {
        remote.add(from.get(i));
        targets.add(to.get(i));
      }
    }
    RemoteChanges.rename(remote, targets);
  }

  /** Deletes these files; one that is gone already is no error. */
  public static void delete(Collection<String> paths) throws IOException {
    List<String> remote = new ArrayList<>();
    for (String path : paths) {
      if (isLocal(path)) {
        LocalDisk.delete(path);
      } else {
        remote.add(path);
      }
    }
    RemoteChanges.delete(remote);
  }

  /** Deletes every file below a folder, and where folders are real, the folders too. */
  public static void deleteFolder(String folder) throws IOException {
    delete(below(folder).stream().map(StoredFile::path).toList());
    LocalFolders.deleteEmpty(folder);
  }

  /** A local path from the root on; a remote one as it is. */
  public static String absolute(String path) {
    try {
      return isLocal(path) ? LocalDisk.absolute(path) : path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path of something inside a folder, each name one level deeper. */
  public static String resolve(String folder, String... names) {
    StringBuilder path = new StringBuilder(folder);
    for (String name : names) {
      if (path.length() > 0 && path.charAt(path.length() - 1) != '/') {
        path.append('/');
      }
      path.append(name);
    }
    return path.toString();
  }

  /** The path with another last part. */
  public static String sibling(String path, String name) {
    return path.substring(0, path.lastIndexOf('/') + 1) + name;
  }

  /** The last part of a path; a slash at its end does not count. */
  public static String name(String path) {
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return bare.substring(bare.lastIndexOf('/') + 1);
  }

  /** Whether a path or glob is of a local disk, where nothing is tried twice. */
  static boolean isLocal(String path) {
    return !path.contains("://") || path.startsWith("file:");
  }

  private static List<MatchResult.Metadata> matchExactly(String path) throws IOException {
    checkServed(path);
    return Tries.of("look at " + path, () -> RemoteMatches.exactly(path));
  }

  static ResourceId resource(String path) {
    RegionLookup.before(path);
    return FileSystems.matchNewResource(path, false);
  }
}
