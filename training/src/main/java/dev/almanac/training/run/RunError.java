package dev.almanac.training.run;

import dev.almanac.transforms.problem.Foreseen;
import dev.almanac.transforms.problem.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What ended a training first: the cause that others stand on.
 *
 * @param type the class of the exception or error
 * @param message as it was thrown, bounded; null when it had none
 * @param at where it was thrown, then the innermost calls of this program, such as {@code
 *     dev.almanac.training.train.TrainingLoop.run(TrainingLoop.java:102)}
 */
public record RunError(String type, String message, List<String> at) {
  private static final String OURS = "dev.almanac.";

  /** Calls of ours: the place, and how it came there. */
  private static final int FRAMES = 6;

  /** UTF-16 code units: PyTorch's messages hold a stack of its own. */
  private static final int LONGEST = 2_000;

  public RunError {
    at = at == null ? List.of() : List.copyOf(at);
  }

  public static RunError of(Throwable thrown) {
    Throwable first = first(thrown);
    return new RunError(
        first.getClass().getName(),
        first.getMessage() == null ? null : bounded(first.getMessage()),
        frames(first.getStackTrace()));
  }

  /** Why a training failed, for a person: a sentence of ours, or what was not foreseen. */
  public static String reason(Throwable thrown) {
    if (thrown instanceof Foreseen && thrown.getMessage() != null) {
      return Printable.message(thrown.getMessage());
    }
    String type = thrown.getClass().getSimpleName();
    String message = thrown.getMessage();
    return message == null || message.isBlank()
        ? "unexpected " + type
        : "unexpected %s: %s".formatted(type, Printable.line(firstLine(message), LONGEST));
  }

  private static String firstLine(String message) {
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }

  private static String bounded(String message) {
    return message.length() <= LONGEST
        ? Printable.message(message)
        : Printable.message(message.substring(0, LONGEST)) + "...";
  }

  private static Throwable first(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable first = thrown;
    while (seen.add(first) && first.getCause() != null && !seen.contains(first.getCause())) {
      first = first.getCause();
    }
    return first;
  }

  private static List<String> frames(StackTraceElement[] stack) {
    List<String> frames = new ArrayList<>();
    if (stack.length > 0 && !isOurs(stack[0])) {
      frames.add(stack[0].toString());
    }
    for (StackTraceElement frame : stack) {
      if (isOurs(frame) && frames.size() < FRAMES) {
        frames.add(frame.toString());
      }
    }
    return frames;
  }

  private static boolean isOurs(StackTraceElement frame) {
    return frame.getClassName().startsWith(OURS);
  }
}
