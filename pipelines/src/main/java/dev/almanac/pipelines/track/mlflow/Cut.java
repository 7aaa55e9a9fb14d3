package dev.almanac.pipelines.track.mlflow;

import java.util.Set;
import java.util.TreeSet;

/** Names and values as a tracking server takes them, and which of them had to be cut for that. */
final class Cut {
  /** Characters. */
  private static final int KEY = 250;

  private static final int PARAM = 6000;
  private static final int TAG = 5000;

  private final Set<String> changed = new TreeSet<>();

  /** A name of letters, digits, and {@code _ - . / : space}. */
  String key(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N}_\\-. :/]", "_").replaceAll("\\.\\.|//", "_");
    return shortened(name, plain, KEY).equals(name) ? name : cut(name, shortened(name, plain, KEY));
  }

  String param(String name, String value) {
    return value.length() <= PARAM ? value : cut(name, value.substring(0, PARAM));
  }

  String tag(String name, String value) {
    return value.length() <= TAG ? value : cut(name, value.substring(0, TAG));
  }

  /** The names of what was cut, in one text; empty when nothing was. */
  String said() {
    String all = String.join(", ", changed);
    return all.length() <= TAG ? all : all.substring(0, TAG);
  }

  /** Two long names that begin alike stay two. */
  private static String shortened(String name, String plain, int most) {
    return plain.length() <= most
        ? plain
        : "%s-%08x".formatted(plain.substring(0, most - 9), name.hashCode());
  }

  private String cut(String name, String value) {
    changed.add(name);
    return value;
  }
}
