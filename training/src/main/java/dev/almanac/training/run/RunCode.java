package dev.almanac.training.run;

import java.util.List;

/**
 * The code that made a run.
 *
 * @param almanac this program where it was built
 * @param config the repository that the config lies in, which is often that of a user's own code
 * @param dependencies the class path; null when nobody looked
 */
public record RunCode(Checkout almanac, Checkout config, Jars dependencies) {
  /** The file of a run with what was not committed in the config's repository. */
  public static final String CONFIG_DIFF = "code.diff";

  /** The same of this program's. */
  public static final String ALMANAC_DIFF = "almanac.diff";

  /** The file of a run with the hashes of its class path. */
  public static final String DEPENDENCIES = "dependencies.txt";

  /** Of which nothing is known. */
  public static final RunCode UNKNOWN =
      new RunCode(Checkout.unknown("nobody looked"), Checkout.unknown("nobody looked"), null);

  /** The same with a class path. */
  public RunCode with(Jars jars) {
    return new RunCode(almanac, config, jars);
  }

  /**
   * A work tree of git.
   *
   * @param commit null when it has none, or is not known
   * @param branch null when none is checked out
   * @param diff what of the files that git tracks was not committed; null when all was
   * @param untracked files and folders that git does not track and was not told to leave alone:
   *     names alone, a bounded number of them
   * @param unknown why nothing or not all is known; null when all is
   */
  public record Checkout(
      String commit, String branch, Diff diff, List<String> untracked, String unknown) {
    public Checkout {
      untracked = untracked == null ? List.of() : List.copyOf(untracked);
    }

    public static Checkout unknown(String why) {
      return new Checkout(null, null, null, List.of(), why);
    }

    /** What stands for the code in one line: the commit, and whether there is more to it. */
    @Override
    public String toString() {
      if (commit == null) {
        return "unknown (%s)".formatted(unknown);
      }
      return diff == null ? commit : "%s and a diff of sha-256 %s".formatted(commit, diff.sha256());
    }
  }

  /**
   * What was not committed.
   *
   * @param file in the run's folder, for {@code git apply}
   * @param bytes of the file
   * @param sha256 of the file
   * @param cut when it is only the beginning: why; null when it is whole
   */
  public record Diff(String file, long bytes, String sha256, String cut) {}

  /**
   * The class path.
   *
   * @param file in the run's folder, with a line for each entry as {@code sha256sum} writes it
   * @param entries how many there are
   * @param sha256 of the file
   */
  public record Jars(String file, long entries, String sha256) {}
}
