package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.MissingFileException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Files of a local disk by the text of their paths, none of which is ever a pattern. */
final class LocalDisk {
  private static final int BUFFER = 1 << 13;

  private LocalDisk() {}

  /** The folder that relative paths are of, as text. */
  static String workingFolder() {
    return LocalNames.shown(Path.of("").toAbsolutePath());
  }

  /** The path from the root on. */
  static String absolute(String path) throws IOException {
    return LocalNames.shown(LocalNames.path(path).toAbsolutePath().normalize());
  }

  /** Whether there is something that is no folder. */
  static boolean isFile(String path) throws IOException {
    Path file = LocalNames.path(path);
    return Files.exists(file) && !Files.isDirectory(file);
  }

  /** Whether there is anything, were it a link that leads nowhere. */
  static boolean isThere(String path) throws IOException {
    Path file = LocalNames.path(path);
    return Files.exists(file) || Files.isSymbolicLink(file);
  }

  static StoredFile look(String path) throws IOException {
    if (!isFile(path)) {
      throw new MissingFileException(path);
    }
    return file(path, Files.readAttributes(LocalNames.path(path), BasicFileAttributes.class));
  }

  static StoredFile file(String path, BasicFileAttributes file) {
    return new StoredFile(path, file.size(), Math.max(0, file.lastModifiedTime().toMillis()));
  }

  static SeekableByteChannel open(String path) throws IOException {
    Path file = LocalNames.path(path);
    if (!isFile(path)) {
      throw new MissingFileException(path);
    }
    try {
      return Files.newByteChannel(file);
    } catch (NoSuchFileException gone) {
      throw new MissingFileException(path);
    } catch (FileSystemException e) {
      throw new ForeseenException("Cannot read %s: %s".formatted(path, reason(e)), e);
    }
  }

  /** A new file, or a new content for one; parent folders are made. */
  static OutputStream create(String path) throws IOException {
    Path file = LocalNames.path(path);
    try {
      makeParents(file);
      return new LocalOutput(path, new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    } catch (FileSystemException e) {
      throw cannotWrite(path, e);
    }
  }

  /** Whether the file or folder, or else the folder that it would be made in, can be written. */
  static void checkWritable(String path) throws IOException {
    Path file = LocalNames.path(path).toAbsolutePath();
    Path at = file;
    while (!Files.exists(at)) {
      at = at.getParent();
    }
    if (!at.equals(file) && !Files.isDirectory(at)) {
      throw cannotWrite(path, new NotDirectoryException(LocalNames.shown(at)));
    }
    if (!Files.isWritable(at)) {
      throw cannotWrite(path, new AccessDeniedException(LocalNames.shown(at)));
    }
  }

  private static void makeParents(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || Files.isDirectory(parent)) {
      return;
    }
    try {
      // Others may make the same folders meanwhile.
      Files.createDirectories(parent);
    } catch (FileSystemException e) {
      for (Path at = parent; at != null; at = at.getParent()) {
        if (Files.exists(at) && !Files.isDirectory(at)) {
          throw new NotDirectoryException(LocalNames.shown(at));
        }
      }
      throw e;
    }
  }

  static void rename(String from, String to) throws IOException {
    Path source = LocalNames.path(from);
    Path target = LocalNames.path(to);
    try {
      makeParents(target);
      try {
        Files.move(
            source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException otherDisk) {
        Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (NoSuchFileException gone) {
      // An earlier try has moved it.
      if (Files.exists(source)) {
        throw gone;
      }
    } catch (FileSystemException e) {
      throw cannotWrite(to, e);
    }
  }

  static void delete(String path) throws IOException {
    try {
      Files.deleteIfExists(LocalNames.path(path));
    } catch (NotDirectoryException gone) {
      // A folder of its path is none: the file is not there either.
    } catch (FileSystemException e) {
      throw new ForeseenException("Cannot delete %s: %s".formatted(path, reason(e)), e);
    }
  }

  private static ForeseenException cannotWrite(String path, FileSystemException e) {
    return new ForeseenException(
        "Cannot write %s: %s; name another place, or make this one writable"
            .formatted(path, reason(e)),
        e);
  }

  private static String reason(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "permission is denied (%s)".formatted(e.getFile());
    } else if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
      return "%s is a file and not a folder".formatted(e.getFile());
    } else if (e instanceof NoSuchFileException) {
      return "there is no folder for it (%s)".formatted(e.getFile());
    }
    return e.getReason() == null ? e.getMessage() : e.getReason();
  }
}
