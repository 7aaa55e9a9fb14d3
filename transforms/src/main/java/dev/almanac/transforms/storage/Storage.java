package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * The only door to files: every path may be local, {@code s3://}, {@code gs://} or {@code hdfs://}.
 *
 * <p>Beam's {@link FileSystems} do the work; a program that is not a Beam pipeline calls {@link
 * FileSystems#setDefaultPipelineOptions} once before it opens a remote path. Thread-safe.
 *
 * <p>Remote work that fails is tried again, see {@link Tries}: reading goes on at the byte reached,
 * and what {@link #write} writes is written anew. A stream of {@link #create} cannot be: it throws
 * an {@link UploadException}, and {@link Redo} does again what filled it.
 */
public final class Storage {
  /** How often a remote listing is asked for before nothing is believed. */
  private static final int EMPTY_LISTINGS = 3;

  private Storage() {}

  /** Writes a file's bytes from the first to the last. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** The files that match, sorted by path; none when nothing does. Folders are not files. */
  public static List<StoredFile> match(String glob) throws IOException {
    if (isLocal(glob)) {
      return matchOnce(glob);
    }
    // Beam's S3 finds nothing at all when one file of many goes between its listing and its look.
    List<StoredFile> files = List.of();
    for (int listing = 0; files.isEmpty() && listing < EMPTY_LISTINGS; listing++) {
      files = Tries.of("list " + glob, () -> matchOnce(glob));
    }
    return files;
  }

  private static List<StoredFile> matchOnce(String glob) throws IOException {
    MatchResult result = FileSystems.match(glob, EmptyMatchTreatment.ALLOW);
    List<StoredFile> files = new ArrayList<>();
    try {
      for (MatchResult.Metadata metadata : result.metadata()) {
        if (!metadata.resourceId().isDirectory()) {
          files.add(
              new StoredFile(
                  metadata.resourceId().toString(),
                  metadata.sizeBytes(),
                  Math.max(0, metadata.lastModifiedMillis())));
        }
      }
    } catch (FileNotFoundException nothing) {
      return List.of();
    }
    files.sort(Comparator.comparing(StoredFile::path));
    return files;
  }

  /** Every file below a folder, at any depth, sorted by path. */
  public static List<StoredFile> below(String folder) throws IOException {
    return match(resolve(folder, "**"));
  }

  /** The same by their paths from the folder on, such as {@code train/part-0.parquet}. */
  public static List<String> pathsBelow(String folder) throws IOException {
    String full = FileSystems.matchNewResource(folder, true).toString();
    return below(folder).stream().map(file -> file.path().substring(full.length())).toList();
  }

  public static boolean exists(String path) throws IOException {
    return !matchExactly(path).isEmpty();
  }

  /**
   * The size of a file in bytes.
   *
   * @throws FileNotFoundException when there is none
   */
  public static long size(String path) throws IOException {
    if (isLocal(path)) {
      return metadata(path).sizeBytes();
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
    MatchResult.Metadata found = metadata(path);
    return new StoredFile(path, size(path, found), Math.max(0, found.lastModifiedMillis()));
  }

  private static long size(String path, MatchResult.Metadata found) throws IOException {
    return isLocal(path) ? found.sizeBytes() : size(path);
  }

  /**
   * What the store says of a file.
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
    return Channels.newInputStream(isLocal(path) ? channel(path) : RemoteFile.open(path));
  }

  /** Bytes from an offset on; the caller closes the stream. */
  public static InputStream openFrom(String path, long offset) throws IOException {
    SeekableByteChannel channel = openSeekable(path);
    channel.position(offset);
    return Channels.newInputStream(channel);
  }

  /** Bytes from any place; the caller closes the channel. */
  public static SeekableByteChannel openSeekable(String path) throws IOException {
    if (!isLocal(path)) {
      return RemoteFile.open(path);
    }
    ReadableByteChannel channel = channel(path);
    if (channel instanceof SeekableByteChannel seekable) {
      return seekable;
    }
    channel.close();
    throw new ForeseenException(
        "Cannot read %s: its file system has no random access".formatted(path));
  }

  /**
   * A new file, or a new content for one; parent folders are made. The caller closes it.
   *
   * <p>A remote one throws an {@link UploadException} when it cannot be written or closed.
   */
  public static OutputStream create(String path) throws IOException {
    if (isLocal(path)) {
      return Channels.newOutputStream(FileSystems.create(resource(path), MimeTypes.BINARY));
    }
    return Tries.of(
        "write " + path,
        () -> new RemoteOutput(path, FileSystems.create(resource(path), MimeTypes.BINARY)));
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
   * The text of a file in UTF-8; a byte order mark at its start is left out.
   *
   * @throws NotTextException when its bytes are not UTF-8
   */
  public static String readText(String path) throws IOException {
    byte[] bytes = read(path);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new NotTextException(path);
    }
  }

  /** Writes the text in place of what is there; a reader sees the old file or the new one. */
  public static void writeText(String path, String text) throws IOException {
    String staged = sibling(path, "." + name(path) + ".writing");
    write(staged, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    rename(List.of(staged), List.of(path));
  }

  /** Renames file by file, replacing what is there; on object stores a copy and a delete. */
  public static void rename(List<String> from, List<String> to) throws IOException {
    List<ResourceId> sources = from.stream().map(Storage::resource).toList();
    List<ResourceId> targets = to.stream().map(Storage::resource).toList();
    // Files that an earlier try has moved are missing now.
    retried(
        "rename",
        from,
        () -> FileSystems.rename(sources, targets, StandardMoveOptions.IGNORE_MISSING_FILES));
  }

  /** Deletes these files; one that is gone already is no error. */
  public static void delete(Collection<String> paths) throws IOException {
    List<ResourceId> files = paths.stream().map(Storage::resource).toList();
    retried(
        "delete", paths, () -> FileSystems.delete(files, StandardMoveOptions.IGNORE_MISSING_FILES));
  }

  /** Deletes every file below a folder, and where folders are real, the folders too. */
  public static void deleteFolder(String folder) throws IOException {
    delete(below(folder).stream().map(StoredFile::path).toList());
    LocalFolders.deleteEmpty(folder);
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

  private interface Change {
    void make() throws IOException;
  }

  private static void retried(String name, Collection<String> paths, Change change)
      throws IOException {
    if (paths.stream().allMatch(Storage::isLocal)) {
      change.make();
      return;
    }
    String first = paths.iterator().next();
    String others = paths.size() == 1 ? "" : " and %d more".formatted(paths.size() - 1);
    Tries.of(
        "%s %s%s".formatted(name, first, others),
        () -> {
          change.make();
          return null;
        });
  }

  /** Whether a path or glob is of a local disk, where nothing is tried twice. */
  private static boolean isLocal(String path) {
    return !path.contains("://") || path.startsWith("file:");
  }

  private static List<MatchResult.Metadata> matchExactly(String path) throws IOException {
    return isLocal(path)
        ? matchExactlyOnce(path)
        : Tries.of("look at " + path, () -> matchExactlyOnce(path));
  }

  private static List<MatchResult.Metadata> matchExactlyOnce(String path) throws IOException {
    MatchResult result = FileSystems.matchResources(List.of(resource(path))).get(0);
    if (result.status() == MatchResult.Status.NOT_FOUND) {
      return List.of();
    }
    try {
      return result.metadata().stream().filter(m -> !m.resourceId().isDirectory()).toList();
    } catch (FileNotFoundException nothing) {
      return List.of();
    }
  }

  private static ReadableByteChannel channel(String path) throws IOException {
    try {
      return FileSystems.open(resource(path));
    } catch (IOException | RuntimeException e) {
      // Each file system has an exception of its own for this.
      if (!exists(path)) {
        throw new MissingFileException(path);
      }
      throw e;
    }
  }

  private static ResourceId resource(String path) {
    RegionLookup.before(path);
    return FileSystems.matchNewResource(path, false);
  }
}
