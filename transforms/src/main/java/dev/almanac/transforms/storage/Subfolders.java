package dev.almanac.transforms.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folders that lie in a folder, when each holds files of a few known names.
 *
 * <p>A local folder is listed once and each file looked at by its name, so that tens of thousands
 * take a fraction of a second. An object store lists every object below the folder, a request for
 * each thousand.
 */
public record Subfolders(String folder) {
  /** The size of a file that may not be looked at. */
  public static final long UNKNOWN = -1;

  /**
   * The files of these names, by the name of the folder that they lie in and then by their own. Of
   * a folder that holds none of them there are none; folders whose names begin with a dot are left
   * out.
   *
   * @param marks patterns of other names: a store has no folders but those that a file is in
   */
  public Map<String, Map<String, StoredFile>> files(List<String> names, List<String> marks)
      throws IOException {
    return Storage.isLocal(folder) ? local(names) : remote(names, marks);
  }

  private Map<String, Map<String, StoredFile>> local(List<String> names) throws IOException {
    List<Path> inside = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(LocalNames.path(folder))) {
      entries.forEach(inside::add);
    } catch (NoSuchFileException | NotDirectoryException none) {
      return Collections.emptyMap();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Map<String, Map<String, StoredFile>> found = new TreeMap<>();
    for (Path path : inside) {
      String name = LocalNames.shown(path.getFileName());
      if (!name.startsWith(".")) {
        Map<String, StoredFile> files = look(path, Storage.resolve(folder, name), names);
        if (!files.isEmpty() || Files.isDirectory(path)) {
          found.put(name, files);
        }
      }
    }
    return found;
  }

  private static Map<String, StoredFile> look(Path path, String shown, List<String> names)
      throws IOException {
    Map<String, StoredFile> files = new HashMap<>();
    for (String name : names) {
      String file = Storage.resolve(shown, name);
      try {
        BasicFileAttributes attributes =
            Files.readAttributes(LocalNames.child(path, name), BasicFileAttributes.class);
        files.put(name, LocalDisk.file(file, attributes));
      } catch (NoSuchFileException absent) {
        // Most have not all of them.
      } catch (AccessDeniedException denied) {
        files.put(name, new StoredFile(file, UNKNOWN, 0));
      } catch (FileSystemException noFolder) {
        break;
      }
    }
    return files;
  }

  private Map<String, Map<String, StoredFile>> remote(List<String> names, List<String> marks)
      throws IOException {
    List<String> all = new ArrayList<>(names);
    all.addAll(marks);
    Map<String, Map<String, StoredFile>> found = new TreeMap<>();
    for (StoredFile file : Storage.match(folder, "*/{%s}".formatted(String.join(",", all)))) {
      String inside = file.path().substring(0, file.path().lastIndexOf('/'));
      String name = Storage.name(inside);
      if (!name.startsWith(".")) {
        Map<String, StoredFile> files = found.computeIfAbsent(name, none -> new HashMap<>());
        if (names.contains(file.name())) {
          files.put(file.name(), file);
        }
      }
    }
    return found;
  }
}
