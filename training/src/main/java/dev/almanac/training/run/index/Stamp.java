package dev.almanac.training.run.index;

import dev.almanac.transforms.storage.StoredFile;
import java.util.List;
import java.util.Map;

/**
 * How a run's files look without reading them.
 *
 * @param text sizes and times
 * @param latest when the last of them was written, in milliseconds since 1970
 */
record Stamp(String text, long latest) {
  static Stamp of(Map<String, StoredFile> files, List<String> names) {
    StringBuilder text = new StringBuilder();
    long latest = 0;
    for (String name : names) {
      StoredFile file = files.get(name);
      if (file != null) {
        text.append(file.bytes()).append('@').append(file.modified());
        latest = Math.max(latest, file.modified());
      }
      text.append(' ');
    }
    return new Stamp(text.toString(), latest);
  }
}
