package dev.almanac.transforms.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * Renames and deletes files of remote stores, tried again while that fails.
 *
 * <p>Beam's own way to pass over files that are missing takes their paths for patterns, so which
 * are there is looked up before each try.
 */
final class RemoteChanges {
  private interface Change {
    void make() throws IOException;
  }

  private RemoteChanges() {}

  static void rename(List<String> from, List<String> to) throws IOException {
    retried(
        "rename",
        from,
        () -> {
          List<ResourceId> sources = new ArrayList<>();
          List<ResourceId> targets = new ArrayList<>();
          for (int i = 0; i < from.size(); i++) {
            // Files that an earlier try has moved are missing now.
            if (!RemoteMatches.exactly(from.get(i)).isEmpty()) {
              sources.add(Storage.resource(from.get(i)));
              targets.add(Storage.resource(to.get(i)));
            }
          }
          FileSystems.rename(sources, targets);
        });
  }

  static void delete(Collection<String> paths) throws IOException {
    retried(
        "delete",
        paths,
        () -> {
          List<ResourceId> files = new ArrayList<>();
          for (String path : paths) {
            if (!RemoteMatches.exactly(path).isEmpty()) {
              files.add(Storage.resource(path));
            }
          }
          FileSystems.delete(files);
        });
  }

  private static void retried(String name, Collection<String> paths, Change change)
      throws IOException {
    if (paths.isEmpty()) {
      return;
    }
    String first = paths.iterator().next();
    Storage.checkServed(first);
    String others = paths.size() == 1 ? "" : " and %s more".formatted(paths.size() - 1);
    Tries.of(
        "%s %s%s".formatted(name, first, others),
        () -> {
          change.make();
          return null;
        });
  }
}
