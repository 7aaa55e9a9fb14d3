package dev.almanac.pipelines.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Collects what is wrong with a config, so that a person reads it once. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();
  private final Places places;

  public Problems(Places places) {
    this.places = places;
  }

  public void add(String path, String message) {
    Problem problem = places.problem(path, message);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  /**
   * Takes problems of other packages' readers.
   *
   * @param path of the section that they read; a problem may begin with a path below it, absolute
   *     or not, and a colon
   */
  public Consumer<String> of(String path) {
    return problem -> {
      int colon = problem.indexOf(": ");
      String place = colon < 0 ? "" : problem.substring(0, colon);
      if (place.equals(path) || place.startsWith(path + ".") || place.startsWith(path + "[")) {
        add(place, problem.substring(colon + 2));
      } else if (!place.isEmpty() && place.indexOf(' ') < 0) {
        add(path + "." + place, problem.substring(colon + 2));
      } else {
        add(path, problem);
      }
    };
  }

  public int count() {
    return found.size();
  }

  public List<Problem> sorted() {
    return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  /**
   * @throws ConfigException when there are any
   */
  public void raise() throws ConfigException {
    if (!found.isEmpty()) {
      throw new ConfigException(places.file(), sorted());
    }
  }
}
