package dev.almanac.training.run.index;

import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.run.label.Labels;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import dev.almanac.transforms.storage.Subfolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The runs of a folder as they are now, by way of an index where there are many.
 *
 * <p>The folder is listed each time; a run is read when the sizes and times of its files are not
 * those that the index knows, or when it is under way. An index that is damaged or of another
 * version is made anew, and without one that can be used all runs are read, which takes longer and
 * gives the same. Several processes may use one index at once. Immutable.
 *
 * @param folder of runs; local or remote
 * @param cache the local folder that holds indexes; null for none
 */
public record RunCatalog(String folder, Path cache, IndexListener listener) {
  /** With fewer runs an index takes longer than it saves. */
  static final int FEW = 50;

  private static final List<String> FILES = List.of(RunRecord.FILE, Run.EPOCHS, Labels.FILE);

  /** Has something done with the runs; the table is good only until that returns. */
  public <R> R read(Function<RunTable, R> use) throws IOException {
    if (cache != null && Files.exists(index())) {
      SqliteTable.loadBeside();
    }
    Map<String, Map<String, StoredFile>> listing =
        new TreeMap<>(new Subfolders(folder).files(FILES, RunStore.LEFT));
    Map<String, String> begun = new TreeMap<>();
    for (Map.Entry<String, Map<String, StoredFile>> run : listing.entrySet()) {
      if (!run.getValue().containsKey(RunRecord.FILE) && wasLeft(run.getKey())) {
        RunStore.begun(Storage.resolve(folder, run.getKey()))
            .ifPresent(why -> begun.put(run.getKey(), why));
      }
    }
    listing.values().removeIf(files -> !files.containsKey(RunRecord.FILE));
    if (cache != null && listing.size() >= FEW) {
      for (boolean again : List.of(true, false)) {
        try {
          return indexed(listing, begun, use);
        } catch (IndexException e) {
          if (again && e.isDamaged() && discard()) {
            continue;
          }
          listener.note(
              "The index %s cannot be used (%s): all runs are read"
                  .formatted(index(), e.getMessage()));
          break;
        } catch (IOException | LinkageError unusable) {
          // Of the folder of indexes; a run that cannot be read is no exception.
          listener.note(
              "An index of runs cannot be kept in %s (%s): all runs are read"
                  .formatted(cache, unusable.getMessage()));
          break;
        }
      }
    }
    MemoryTable table = new MemoryTable(begun);
    new Readings(folder, listener).each(listing.keySet(), table::add);
    return use.apply(table);
  }

  private <R> R indexed(
      Map<String, Map<String, StoredFile>> listing,
      Map<String, String> begun,
      Function<RunTable, R> use)
      throws IOException {
    Files.createDirectories(cache);
    try (SqliteTable table = SqliteTable.open(index(), begun)) {
      table.update(stamps(listing), new Readings(folder, listener));
      return use.apply(table);
    }
  }

  /** Of the version of its form, so that programs of several versions do not disturb each other. */
  Path index() {
    String place = Json.sha256(Storage.absolute(folder)).substring(0, 16);
    return cache.resolve("runs-%s-v%s.sqlite".formatted(place, SqliteTable.VERSION));
  }

  private boolean discard() {
    try {
      Files.deleteIfExists(index());
      Files.deleteIfExists(index().resolveSibling(index().getFileName() + "-journal"));
      return true;
    } catch (IOException kept) {
      return false;
    }
  }

  /** Whether a process has left something in a folder that holds no record. */
  private boolean wasLeft(String name) throws IOException {
    String run = Storage.resolve(folder, name);
    for (String left : RunStore.LEFT) {
      if (!Storage.match(run, left).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** How the files of each run look. */
  private static Map<String, Stamp> stamps(Map<String, Map<String, StoredFile>> listing) {
    Map<String, Stamp> stamps = new TreeMap<>();
    listing.forEach((name, files) -> stamps.put(name, Stamp.of(files, FILES)));
    return stamps;
  }
}
