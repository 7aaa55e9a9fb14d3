package dev.almanac.transforms.source;

import dev.almanac.transforms.storage.StoredFile;
import java.util.List;

/** The folder that source files share. */
public final class SourceFolder {
  private SourceFolder() {}

  /** The deepest folder that holds all these files, with the separator at its end. */
  public static String of(List<StoredFile> files) {
    String shared = files.get(0).path();
    for (StoredFile file : files) {
      int same = 0;
      int most = Math.min(shared.length(), file.path().length());
      while (same < most && shared.charAt(same) == file.path().charAt(same)) {
        same++;
      }
      shared = shared.substring(0, same);
    }
    return shared.substring(0, shared.lastIndexOf('/') + 1);
  }
}
