package dev.almanac.transforms.source;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Source files, or one range of a large one, that one worker reads: the unit of work of a pass over
 * the source. How files are cut depends on them alone.
 *
 * @param number from 0, in the order of the files
 */
public record SourceChunk(int number, List<SourceRange> ranges) implements Serializable {
  private static final long SMALLEST = 4L << 20;
  private static final long LARGEST = 64L << 20;

  /** Bytes of a range of a file that several workers read. */
  public static final long RANGE = 32L << 20;

  /** More chunks than any usual machine has cores, so that no worker idles at the end. */
  private static final int WANTED = 64;

  /** Station files shrink sixteenfold; most CSV shrinks less. */
  private static final int EXPANSION = 12;

  private static final List<String> PACKED = List.of(".gz", ".zst", ".bz2", ".xz", ".zip");

  /** What opening a file costs, in bytes read meanwhile: thousands of small ones are much work. */
  private static final long OPENING = 64L << 10;

  public SourceChunk {
    ranges = List.copyOf(ranges);
  }

  /** Cuts whole files, in the order given, into chunks of about equal work. */
  public static List<SourceChunk> cut(List<StoredFile> files) {
    return pack(files.stream().map(SourceRange::whole).toList());
  }

  /**
   * Cuts files into chunks as {@link #cut}, and large plain CSV files in UTF-8 into several.
   *
   * @throws IOException when a large file cannot be looked into
   */
  public static List<SourceChunk> split(List<StoredFile> files, CsvFormat format)
      throws IOException {
    return pack(ranges(files, format, RANGE));
  }

  public static List<SourceRange> ranges(List<StoredFile> files, CsvFormat format, long range)
      throws IOException {
    List<SourceRange> ranges = new ArrayList<>();
    for (StoredFile file : files) {
      if (file.bytes() < 2 * range || !isSplittable(file, format)) {
        ranges.add(SourceRange.whole(file));
        continue;
      }
      for (long from = 0; from < file.bytes(); from += range) {
        long until = from + range < file.bytes() ? from + range : SourceRange.END;
        ranges.add(SourceRange.of(file, from, until));
      }
    }
    return ranges;
  }

  /** A range that is no whole file stands alone in its chunk. */
  public static List<SourceChunk> pack(List<SourceRange> ranges) {
    long total = ranges.stream().mapToLong(SourceChunk::work).sum();
    long size = Math.max(SMALLEST, Math.min(LARGEST, total / WANTED));
    List<SourceChunk> chunks = new ArrayList<>();
    List<SourceRange> taken = new ArrayList<>();
    long work = 0;
    for (SourceRange range : ranges) {
      if (!range.isWhole() && !taken.isEmpty()) {
        chunks.add(new SourceChunk(chunks.size(), taken));
        taken.clear();
        work = 0;
      }
      taken.add(range);
      work += work(range);
      if (work >= size || !range.isWhole()) {
        chunks.add(new SourceChunk(chunks.size(), taken));
        taken.clear();
        work = 0;
      }
    }
    if (!taken.isEmpty()) {
      chunks.add(new SourceChunk(chunks.size(), taken));
    }
    return chunks;
  }

  /** Its files. */
  public List<StoredFile> files() {
    return ranges.stream().map(SourceRange::file).toList();
  }

  /** Whether it has whole files; else somebody must find out first where its rows begin. */
  public boolean isOfFiles() {
    return ranges.get(0).isWhole();
  }

  /** Its ranges, each with its place. */
  public List<SourcePiece> pieces() {
    return IntStream.range(0, ranges.size())
        .mapToObj(i -> new SourcePiece(number, i, ranges.get(i), 0))
        .toList();
  }

  /** The bytes of its ranges as stored. */
  public long bytes() {
    return ranges.stream().mapToLong(SourceRange::bytes).sum();
  }

  /** Whether a file can be read in ranges: plain text in UTF-8. */
  public static boolean isSplittable(StoredFile file, CsvFormat format) throws IOException {
    return SourceFormat.of(file.path()).isSplittable(file, format);
  }

  private static boolean isPacked(String path) {
    return PACKED.stream().anyMatch(path::endsWith);
  }

  /** What reading a range costs, in bytes of plain text. */
  public static long work(SourceRange range) {
    return OPENING
        + (isPacked(range.file().path()) ? EXPANSION * range.file().bytes() : range.bytes());
  }
}
