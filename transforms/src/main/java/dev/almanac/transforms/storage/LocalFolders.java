package dev.almanac.transforms.storage;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders exist only on local disks; Beam's file systems neither list nor delete them. */
final class LocalFolders {
  private LocalFolders() {}

  /** Deletes the folder and the folders below it as far as they hold nothing. */
  static void deleteEmpty(String folder) throws IOException {
    if (!Storage.isLocal(folder)) {
      return;
    }
    Path root = LocalNames.path(folder);
    if (!Files.isDirectory(root)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(root)) {
      deepestFirst = paths.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      try {
        Files.deleteIfExists(path);
      } catch (DirectoryNotEmptyException kept) {
        // Somebody else's file: it stays, and so does its folder.
      }
    }
  }
}
