package dev.almanac.transforms.csv.stream;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * The one file of a zip file; what a Mac puts beside it, and folders, are no files.
 *
 * <p>That there are more is only seen behind the first one, and is an error then.
 */
final class ZippedFile extends StretchStream {
  /** Names that a message lists at most. */
  private static final int LISTED = 10;

  private final ZipArchiveInputStream zip;
  private final String file;
  private final ZipArchiveEntry entry;
  private final CRC32 checksum = new CRC32();
  private boolean ended;

  ZippedFile(InputStream in, String file) throws IOException {
    this.zip = new ZipArchiveInputStream(in, "UTF-8", true, true);
    this.file = file;
    this.entry = nextFile();
    if (entry == null) {
      throw new ForeseenException(
          "Cannot expand %s: the zip file is cut short, or there is no file in it".formatted(file));
    }
    if (!zip.canReadEntryData(entry)) {
      throw new ForeseenException(
          "Cannot read %s: its file %s is encrypted or packed in a way that is not read; pack it anew"
              .formatted(file, entry.getName()));
    }
  }

  private ZipArchiveEntry nextFile() throws IOException {
    ZipArchiveEntry next = zip.getNextEntry();
    while (next != null && (next.isDirectory() || isMark(next.getName()))) {
      next = zip.getNextEntry();
    }
    return next;
  }

  private static boolean isMark(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return name.startsWith("__MACOSX/") || last.startsWith("._") || last.equals(".DS_Store");
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int count = zip.read(bytes, offset, length);
    if (count < 0) {
      ended = true;
      refuseMore();
      check();
    } else {
      checksum.update(bytes, offset, count);
    }
    return count;
  }

  /** The checksum may stand behind the file, and is known once what follows was looked at. */
  private void check() throws IOException {
    if (entry.getCrc() != checksum.getValue()) {
      throw new ForeseenException(
          "Cannot expand %s: the zip file is damaged: the checksum of %s differs"
              .formatted(file, entry.getName()));
    }
  }

  private void refuseMore() throws IOException {
    List<String> names = new ArrayList<>(List.of(entry.getName()));
    int more = 0;
    for (ZipArchiveEntry next = nextFile(); next != null; next = nextFile()) {
      if (names.size() < LISTED) {
        names.add(next.getName());
      } else {
        more++;
      }
    }
    if (names.size() > 1) {
      throw new ForeseenException(
          "Cannot read %s: a zip file may hold one file (it holds %s%s); unpack it"
              .formatted(
                  file, String.join(", ", names), more > 0 ? " and %s more".formatted(more) : ""));
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
