package dev.almanac.training.run;

import java.util.Map;
import java.util.Set;

/**
 * How the process of a run ended, as its parent saw it.
 *
 * @param status of the process; 128 and the number of a signal when one ended it
 */
public record ExitStatus(int status) {
  private static final Map<Integer, String> KNOWN =
      Map.of(
          3, "Java's memory ended",
          129, "SIGHUP: its terminal was closed",
          130, "SIGINT: Ctrl-C",
          132, "SIGILL: this processor lacks an instruction that a native library uses",
          134, "SIGABRT: Java or a native library gave up; see hs_err_pid*.log where it ran",
          135,
              "SIGBUS: a file that it had mapped is gone, or the disk of its temporary files is full",
          137, "SIGKILL: by hand, or by the system since memory ended",
          139, "SIGSEGV: a native library crashed; see hs_err_pid*.log where it ran",
          143, "SIGTERM: it was told to end");

  /** SIGHUP, SIGINT, SIGTERM: sent by whoever wants a process, and often its parent, to end. */
  private static final Set<Integer> TOLD = Set.of(129, 130, 143);

  /** Whether it was told to end, rather than killed or broken. */
  public boolean isTold() {
    return TOLD.contains(status);
  }

  /** For a person. */
  @Override
  public String toString() {
    String known = KNOWN.get(status);
    return known == null
        ? "exit status %s".formatted(status)
        : "exit status %s (%s)".formatted(status, known);
  }
}
