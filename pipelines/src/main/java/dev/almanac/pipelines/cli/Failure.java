package dev.almanac.pipelines.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Foreseen;
import java.io.PrintStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What a person is told of an exception. An error that the work foresaw begins with "Cannot" and is
 * shown alone; engines wrap it, so its causes are searched. Any other is called unexpected.
 */
record Failure(int status, String message) {
  static final int WORK = 1;
  static final int REQUEST = 2;

  static Failure of(Throwable thrown, String command) {
    if (thrown instanceof RequestException) {
      return new Failure(REQUEST, thrown.getMessage());
    }
    if (thrown instanceof InterruptedException) {
      return new Failure(WORK, "Cannot finish `%s`: it was interrupted".formatted(command));
    }
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable last = thrown;
    for (Throwable at = thrown; at != null && seen.add(at); at = at.getCause()) {
      if (at instanceof Foreseen
          || at.getMessage() != null && at.getMessage().startsWith("Cannot ")) {
        return new Failure(WORK, at.getMessage());
      }
      last = at;
    }
    return new Failure(
        WORK,
        "Cannot finish `%s`: unexpected %s; --debug shows where"
            .formatted(
                command,
                last.getMessage() == null
                    ? last.getClass().getSimpleName()
                    : "%s: %s".formatted(last.getClass().getSimpleName(), last.getMessage())));
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
