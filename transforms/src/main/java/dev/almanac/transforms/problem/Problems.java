package dev.almanac.transforms.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Collects what is wrong, so that a person reads all of it at once.
 *
 * <p>Speaks of one path; {@link #at} gives the same collection with a path below. What is said
 * twice is told once. Not thread-safe.
 */
public final class Problems {
  private final List<Problem> found;
  private final String path;

  /** Nothing yet, of the whole. */
  public Problems() {
    this(new ArrayList<>(), "");
  }

  private Problems(List<Problem> found, String path) {
    this.found = found;
    this.path = path;
  }

  /** The same collection, at a path below this one; an empty one is this one. */
  public Problems at(String below) {
    if (below.isEmpty()) {
      return this;
    }
    return new Problems(found, path.isEmpty() ? below : path + "." + below);
  }

  /** The same collection, at an element of the list that stands here. */
  public Problems at(int element) {
    return new Problems(found, "%s[%s]".formatted(path, element));
  }

  public void add(String message) {
    found.add(new Problem(path, message));
  }

  /** Adds problems whose paths are below this one. */
  public void addAll(Collection<Problem> problems) {
    problems.forEach(problem -> at(problem.path()).add(problem.message()));
  }

  /** How often something was found, wherever. */
  public int count() {
    return found.size();
  }

  /** Whether there is none, wherever. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All of them, in the order in which they were found. */
  public List<Problem> all() {
    return found.stream().distinct().toList();
  }

  /** All of them for a person, each with its path. */
  public List<String> texts() {
    return all().stream().map(Problem::toString).toList();
  }

  /**
   * @throws RefusedException naming every problem, one a line, when there are any
   */
  public void refuse() {
    if (!found.isEmpty()) {
      throw new RefusedException(String.join("\n", texts()));
    }
  }
}
