package dev.almanac.transforms.source;

import dev.almanac.transforms.reject.Reject;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What reading some pieces of a source came to.
 *
 * @param chunk of the pieces, or the first of several
 * @param files by path
 * @param firstRejects a few rejected rows, for a person to see
 */
public record SourceAccount(int chunk, List<FileCount> files, List<Reject> firstRejects)
    implements Serializable {
  /** Rejects that are kept. */
  public static final int SHOWN = 5;

  public SourceAccount {
    files = List.copyOf(files);
    firstRejects = firstRejects.stream().limit(SHOWN).toList();
  }

  /** Everything that several came to, the same in whatever order they come. */
  public static SourceAccount of(List<SourceAccount> parts) {
    TreeMap<String, FileCount> files = new TreeMap<>();
    List<Reject> rejects = new ArrayList<>();
    List<SourceAccount> inOrder = new ArrayList<>(parts);
    inOrder.sort(Comparator.comparingInt(SourceAccount::chunk));
    for (SourceAccount part : inOrder) {
      part.files.forEach(file -> files.merge(file.path(), file, FileCount::plus));
      rejects.addAll(part.firstRejects);
    }
    int first = inOrder.isEmpty() ? 0 : inOrder.get(0).chunk;
    return new SourceAccount(first, List.copyOf(files.values()), rejects);
  }

  public long read() {
    return files.stream().mapToLong(FileCount::read).sum();
  }

  public long rejected() {
    return files.stream().mapToLong(FileCount::rejected).sum();
  }
}
