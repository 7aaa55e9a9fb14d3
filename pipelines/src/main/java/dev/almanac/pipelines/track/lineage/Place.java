package dev.almanac.pipelines.track.lineage;

import dev.almanac.transforms.manifest.Stamp;
import dev.almanac.transforms.storage.Storage;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where data is, as OpenLineage names it: {@code s3://bucket} and the key in it, or {@code file}
 * and the path.
 *
 * @param version which one of those that were made there, such as {@code 20240501T100000Z}; null
 *     when there is one
 */
record Place(String namespace, String name, String version) {
  private static final String SCHEME = "://";

  /** A folder or file; a date-time-named folder is a version of the one that holds it. */
  static Place of(String path) {
    String whole = path.replaceAll("(?<=[^/:])/+$", "");
    if (Stamp.of(Storage.name(whole)).isPresent()) {
      int slash = whole.lastIndexOf('/');
      return at(whole.substring(0, Math.max(slash, 1)), whole.substring(slash + 1));
    }
    return at(whole, null);
  }

  private static Place at(String path, String version) {
    int scheme = path.indexOf(SCHEME);
    if (scheme < 0) {
      return new Place("file", path, version);
    }
    int key = path.indexOf('/', scheme + SCHEME.length());
    return key < 0
        ? new Place(path, "/", version)
        : new Place(path.substring(0, key), path.substring(key + 1), version);
  }

  /** What patterns of files read: each a file, or the folder below which they match. */
  static List<Place> read(List<String> patterns) {
    Set<Place> places = new LinkedHashSet<>();
    for (String pattern : patterns) {
      String fixed = pattern.split("[*?\\[{\\\\]", 2)[0];
      boolean isOne = fixed.length() == pattern.length() && patterns.size() == 1;
      places.add(at(isOne ? fixed : fixed.substring(0, Math.max(fixed.lastIndexOf('/'), 1)), null));
    }
    return List.copyOf(places);
  }

  /** The address of what holds it. */
  URI source() {
    return URI.create(namespace.contains(SCHEME) ? namespace : namespace + ":///");
  }
}
