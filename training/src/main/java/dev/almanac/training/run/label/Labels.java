package dev.almanac.training.run.label;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Printable;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code tags.json} of a run's folder: what people wrote on the run, which changes nothing of what
 * it is. A run without the file has none.
 *
 * @param formatVersion of this file; this code writes and reads {@value #FORMAT_VERSION}
 * @param group the run's group, a path such as {@code baselines/resnet}; null for none
 * @param note null for none
 * @param tags values by their keys, in the order of the keys
 */
public record Labels(int formatVersion, String group, String note, Map<String, String> tags) {
  public static final int FORMAT_VERSION = 1;
  public static final String FILE = "tags.json";

  /** Of a run that nobody wrote anything on. */
  public static final Labels NONE = new Labels(FORMAT_VERSION, null, null, Map.of());

  /** Characters of a key and of a group, as other trackers have it. */
  private static final int LONGEST_NAME = 250;

  /** Characters of a value and of a note. */
  private static final int LONGEST_TEXT = 5000;

  public Labels {
    tags = tags == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /**
   * What stands in a run's folder.
   *
   * @throws IOException when the file is damaged or of another version
   */
  public static Labels of(String runFolder) throws IOException {
    String path = Storage.resolve(runFolder, FILE);
    if (!Storage.exists(path)) {
      return NONE;
    }
    Labels labels = Json.read(Storage.readText(path), Labels.class, path);
    if (labels == null || labels.formatVersion() != FORMAT_VERSION) {
      throw new ForeseenException(
          "Cannot read %s: this Almanac reads format-version %s (%s found)"
              .formatted(path, FORMAT_VERSION, labels == null ? "none" : labels.formatVersion()));
    }
    return labels;
  }

  /** Puts these in place of what stands in a run's folder; the caller holds its lease. */
  public void write(String runFolder) throws IOException {
    String path = Storage.resolve(runFolder, FILE);
    if (equals(NONE)) {
      Storage.delete(List.of(path));
    } else {
      Storage.writeText(path, Json.pretty(this));
    }
  }

  /** The same with this tag. */
  public Labels withTag(String key, String value) {
    Map<String, String> all = new TreeMap<>(tags);
    all.put(
        checked("tag", key, LONGEST_NAME),
        checked("value of tag '%s'".formatted(key), value, LONGEST_TEXT));
    return new Labels(formatVersion, group, note, all);
  }

  /** The same without a tag, were it there or not. */
  public Labels withoutTag(String key) {
    Map<String, String> others = new TreeMap<>(tags);
    others.remove(key);
    return new Labels(formatVersion, group, note, others);
  }

  /** The same with another note; null or a blank one for none. */
  public Labels withNote(String text) {
    boolean none = text == null || text.isBlank();
    if (!none && text.length() > LONGEST_TEXT) {
      throw new RefusedException(
          "Cannot write the note: it may have %s characters (%s given)"
              .formatted(LONGEST_TEXT, text.length()));
    }
    return new Labels(formatVersion, group, none ? null : text, tags);
  }

  /** The same in another group, as {@link #path} gives it; null for none. */
  public Labels withGroup(String path) {
    return new Labels(formatVersion, path, note, tags);
  }

  /**
   * A group's path without slashes at its ends; null for the top, {@code /}.
   *
   * @throws RefusedException when it is none
   */
  public static String path(String given) {
    String path = given.strip().replaceAll("^/+|/+$", "");
    if (path.isEmpty()) {
      return null;
    }
    for (String name : path.split("/", -1)) {
      if (name.isBlank() || name.equals(".") || name.equals("..")) {
        throw new RefusedException(
            "Cannot use group '%s': a name between slashes is empty, . or .."
                .formatted(Printable.line(given)));
      }
    }
    return checked("group", path, LONGEST_NAME);
  }

  private static String checked(String what, String text, int longest) {
    if (text.isBlank() && longest == LONGEST_NAME) {
      throw new RefusedException("Cannot write a %s: it has no name".formatted(what));
    }
    boolean odd = text.chars().anyMatch(c -> Character.isISOControl(c) || c == '`');
    if (text.length() > longest || odd) {
      throw new RefusedException(
          "Cannot write %s '%s': %s"
              .formatted(
                  what,
                  Printable.line(text, LONGEST_NAME),
                  odd
                      ? "it holds a line break, another control character or a backtick"
                      : "it may have %s characters (%s given)".formatted(longest, text.length())));
    }
    return text;
  }
}
