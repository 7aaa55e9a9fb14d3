package dev.almanac.transforms.dataset;

import dev.almanac.transforms.storage.StoredFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Source files that one worker reads, one after the other: the unit of work of a pass over the
 * source.
 *
 * @param number from 0, in the order of the files
 * @param firstFile the position of its first file among all source files
 */
public record SourceChunk(int number, int firstFile, List<StoredFile> files)
    implements Serializable {
  private static final long SMALLEST = 4L << 20;
  private static final long LARGEST = 64L << 20;

  /** More chunks than any usual machine has cores, so that no worker idles at the end. */
  private static final int WANTED = 64;

  /** Station files shrink sixteenfold; most CSV shrinks less. */
  private static final int GZIP_EXPANSION = 12;

  /** What opening a file costs, in bytes read meanwhile: thousands of small ones are much work. */
  private static final long OPENING = 64L << 10;

  public SourceChunk {
    files = List.copyOf(files);
  }

  /** Cuts the files, in the order given, into chunks of about equal work. */
  public static List<SourceChunk> cut(List<StoredFile> files) {
    long total = files.stream().mapToLong(SourceChunk::work).sum();
    long size = Math.max(SMALLEST, Math.min(LARGEST, total / WANTED));
    List<SourceChunk> chunks = new ArrayList<>();
    int from = 0;
    long work = 0;
    for (int i = 0; i < files.size(); i++) {
      work += work(files.get(i));
      if (work >= size || i == files.size() - 1) {
        chunks.add(new SourceChunk(chunks.size(), from, files.subList(from, i + 1)));
        from = i + 1;
        work = 0;
      }
    }
    return chunks;
  }

  /** The bytes of its files as stored. */
  public long bytes() {
    return files.stream().mapToLong(StoredFile::bytes).sum();
  }

  private static long work(StoredFile file) {
    return OPENING + (file.path().endsWith(".gz") ? GZIP_EXPANSION * file.bytes() : file.bytes());
  }
}
