package dev.almanac.transforms.source;

import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.Notice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The matching files that are not read, and why. Immutable.
 *
 * @param leftOut path to reason
 */
public record SourceChoice(TreeMap<String, String> leftOut) implements Serializable {
  /** Everything that matches is read. */
  public static final SourceChoice ALL = new SourceChoice(new TreeMap<>());

  public SourceChoice(Map<String, String> leftOut) {
    this(new TreeMap<>(leftOut));
  }

  /** A ledger each. */
  public List<SourceLedger> ledgers() {
    List<SourceLedger> ledgers = new ArrayList<>();
    leftOut.forEach((path, reason) -> ledgers.add(SourceLedger.leftOut(path, reason)));
    return ledgers;
  }

  /** What a person should know of it: at most one notice. */
  public List<Notice> notices() {
    if (leftOut.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Notice(
            Notice.Kind.FILES_LEFT_OUT,
            null,
            leftOut.size(),
            Count.of(
                leftOut.size(),
                "file or folder that matches is left out",
                "files or folders that match are left out"),
            leftOut.entrySet().stream()
                .limit(Notice.MAX_PLACES)
                .map(left -> "%s (%s)".formatted(left.getKey(), left.getValue()))
                .toList()));
  }
}
