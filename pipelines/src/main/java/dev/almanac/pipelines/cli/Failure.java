package dev.almanac.pipelines.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Foreseen;
import dev.almanac.transforms.problem.Printable;
import dev.almanac.transforms.problem.RequestException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person is told of an exception.
 *
 * <p>One that is {@link Foreseen} is shown alone, whatever its text; engines wrap it, so its causes
 * are searched, and those that hand on a stack trace's text alone are read. What the machine lacks
 * (memory, a permission, room on a disk) is said with what to do. Any other is called unexpected.
 */
record Failure(int status, String message) {
  static final int WORK = 1;
  static final int REQUEST = 2;

  /** A line of a stack trace's text that names one of our exceptions. */
  private static final Pattern NAMED =
      Pattern.compile("^(?:.*?[\\s:])?(dev\\.almanac\\.[\\w.$]+): (.*)$", Pattern.MULTILINE);

  Failure {
    message = Printable.message(message);
  }

  static Failure of(Throwable thrown, String command) {
    List<Throwable> chain = chain(thrown);
    for (Throwable at : chain) {
      if (at instanceof RequestException) {
        return new Failure(REQUEST, at.getMessage());
      }
      String foreseen = at instanceof Foreseen ? at.getMessage() : machine(at, command);
      if (foreseen != null) {
        return new Failure(WORK, foreseen);
      }
    }
    for (Throwable at : chain) {
      String foreseen = named(at.getMessage());
      if (foreseen != null) {
        return new Failure(WORK, foreseen);
      }
    }
    Throwable last = chain.get(chain.size() - 1);
    return new Failure(
        WORK,
        "Cannot finish `%s`: unexpected %s; --debug shows where"
            .formatted(
                command,
                last.getMessage() == null
                    ? last.getClass().getSimpleName()
                    : "%s: %s".formatted(last.getClass().getSimpleName(), last.getMessage())));
  }

  private static List<Throwable> chain(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (Throwable at = thrown; at != null && seen.add(at); at = at.getCause()) {
      chain.add(at);
    }
    return chain;
  }

  /** What the machine refused; null when it is not its fault. */
  private static String machine(Throwable thrown, String command) {
    if (thrown instanceof InterruptedException
        || thrown instanceof InterruptedIOException
        || thrown instanceof ClosedByInterruptException) {
      return "Cannot finish `%s`: it was interrupted".formatted(command);
    }
    if (thrown instanceof OutOfMemoryError) {
      return "Cannot finish `%s`: it needs more memory than it may take (%s); allow more, such as ALMANAC_JAVA_OPTS=-Xmx8g"
          .formatted(command, thrown.getMessage());
    }
    if (thrown instanceof StackOverflowError) {
      return "Cannot finish `%s`: something in the config or the files is nested too deeply; make it flatter, or allow more, such as ALMANAC_JAVA_OPTS=-Xss64m"
          .formatted(command);
    }
    if (thrown instanceof FileSystemException refused && refused.getFile() != null) {
      String file = Printable.line(refused.getFile());
      if (refused instanceof AccessDeniedException) {
        return "Cannot finish `%s`: %s may not be used by this user (permission denied)"
            .formatted(command, file);
      }
      if (refused instanceof NoSuchFileException) {
        return "Cannot finish `%s`: %s is not there (any more)".formatted(command, file);
      }
      return "Cannot finish `%s`: %s: %s"
          .formatted(
              command,
              file,
              refused.getReason() == null
                  ? refused.getClass().getSimpleName()
                  : refused.getReason());
    }
    return null;
  }

  /** The message of a foreseen exception in a stack trace's text; null when there is none. */
  private static String named(String text) {
    if (text == null) {
      return null;
    }
    String message = null;
    Matcher found = NAMED.matcher(text);
    while (found.find()) {
      if (isForeseen(found.group(1))) {
        int end = text.indexOf("\n\tat ", found.start(2));
        message = text.substring(found.start(2), end < 0 ? found.end(2) : end).strip();
      }
    }
    return message;
  }

  private static boolean isForeseen(String type) {
    try {
      return Foreseen.class.isAssignableFrom(
          Class.forName(type, false, Failure.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  void show(PrintStream out, PrintStream err, boolean json) {
    err.println(message);
    err.flush();
    if (json) {
      ObjectNode object = Json.mapper().createObjectNode();
      object.put("error", message);
      object.put("exit-status", status);
      out.println(Json.line(object));
      out.flush();
    }
  }
}
