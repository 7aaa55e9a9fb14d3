package dev.almanac.pipelines.work.surroundings;

import dev.almanac.pipelines.work.process.ShortCommand;
import dev.almanac.training.run.RunCode;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What git says of a folder: commit, branch, what is not committed, what it does not track.
 *
 * <p>Nothing of the repository changes, no hook and no program for showing differences runs, and
 * files that git does not track are not read. Without git or a repository, or when git hangs, that
 * is what is known.
 *
 * @param root of the work tree; null when there is none
 * @param diff what is not committed; empty when all is
 */
record GitCheckout(String root, RunCode.Checkout checkout, byte[] diff) {
  private static final long MILLIS = 5_000;

  /** Bytes of a diff: what people change by hand is far less. */
  static final int MOST = 1 << 20;

  private static final int UNTRACKED = 100;

  /** Set by git for its hooks, they would lead to another repository than the folder's. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "GIT_DIR",
          "GIT_WORK_TREE",
          "GIT_INDEX_FILE",
          "GIT_PREFIX",
          "GIT_OBJECT_DIRECTORY",
          "GIT_COMMON_DIR",
          "GIT_EXTERNAL_DIFF",
          "GIT_DIFF_OPTS",
          "GIT_CONFIG_COUNT",
          "GIT_TRACE");

  private static final Map<String, String> PLAIN =
      Map.of("GIT_OPTIONAL_LOCKS", "0", "GIT_TERMINAL_PROMPT", "0", "LC_ALL", "C");

  /**
   * Looks.
   *
   * @param folder in a work tree or not
   * @param file of the run that is to hold the diff
   */
  static GitCheckout of(Path folder, String file) {
    return of("git", folder, file, MILLIS);
  }

  static GitCheckout of(String program, Path folder, String file, long millis) {
    try {
      return new Asking(program, folder, millis).checkout(file);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      boolean isMissing = why.startsWith("Cannot run program");
      return unknown(isMissing ? "git cannot be run here" : why);
    }
  }

  private static GitCheckout unknown(String why) {
    return new GitCheckout(null, RunCode.Checkout.unknown(why), new byte[0]);
  }

  /** A conversation with git in a folder. */
  private record Asking(String program, Path folder, long millis) {
    ShortCommand.Answer ask(String... arguments) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(program);
      for (String setting :
          List.of("core.fsmonitor=false", "core.quotepath=false", "core.hooksPath=/dev/null")) {
        command.add("-c");
        command.add(setting);
      }
      command.addAll(List.of(arguments));
      return new ShortCommand(folder, ELSEWHERE, PLAIN, millis, MOST).run(command);
    }

    GitCheckout checkout(String file) throws IOException {
      ShortCommand.Answer top = ask("rev-parse", "--show-toplevel");
      if (top.status() != 0) {
        return unknown(problem(top));
      }
      String root = top.text().strip();
      ShortCommand.Answer head = ask("rev-parse", "--verify", "--quiet", "HEAD");
      if (head.status() != 0) {
        return new GitCheckout(
            root,
            new RunCode.Checkout(null, null, null, untracked(), "nothing is committed yet"),
            new byte[0]);
      }
      ShortCommand.Answer branch = ask("symbolic-ref", "--quiet", "--short", "HEAD");
      String commit = head.text().strip();
      String on = branch.status() == 0 ? branch.text().strip() : null;
      ShortCommand.Answer diff;
      List<String> untracked;
      try {
        diff = diff();
        untracked = untracked();
      } catch (IOException late) {
        return new GitCheckout(
            root,
            new RunCode.Checkout(commit, on, null, List.of(), "its diff: " + late.getMessage()),
            new byte[0]);
      }
      String unknown = diff.status() == 0 ? null : "its diff: " + problem(diff);
      byte[] bytes = diff.status() == 0 ? diff.output() : new byte[0];
      RunCode.Diff record =
          bytes.length == 0
              ? null
              : new RunCode.Diff(
                  file,
                  bytes.length,
                  Json.sha256(bytes),
                  diff.isCut() ? "only the first %s bytes are kept".formatted(MOST) : null);
      return new GitCheckout(
          root, new RunCode.Checkout(commit, on, record, untracked, unknown), bytes);
    }

    private ShortCommand.Answer diff() throws IOException {
      return ask(
          "diff",
          "HEAD",
          "--binary",
          "--no-color",
          "--no-ext-diff",
          "--no-textconv",
          "--src-prefix=a/",
          "--dst-prefix=b/");
    }

    private List<String> untracked() throws IOException {
      ShortCommand.Answer status =
          ask("status", "--porcelain=v1", "-z", "--untracked-files=normal");
      List<String> names =
          Arrays.stream(status.text().split("\0"))
              .filter(line -> line.startsWith("?? "))
              .map(line -> line.substring(3))
              .toList();
      if (names.size() <= UNTRACKED) {
        return names;
      }
      List<String> some = new ArrayList<>(names.subList(0, UNTRACKED));
      some.add("and %s more".formatted(names.size() - UNTRACKED));
      return some;
    }

    private static String problem(ShortCommand.Answer answer) {
      if (answer.errors().contains("not a git repository")) {
        return "no repository";
      }
      return answer
          .errors()
          .lines()
          .findFirst()
          .orElse("git ended with status %s".formatted(answer.status()));
    }
  }
}
