package dev.almanac.pipelines.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.json.Json;
import java.io.PrintStream;

/**
 * What a command has to say at its end: one JSON object for scripts, a text for people.
 *
 * @param text ends with a newline, or is empty
 * @param status of the process: 0, or 1 when what was asked for is not so
 */
record Result(ObjectNode json, String text, int status) {
  Result(ObjectNode json, String text) {
    this(json, text, 0);
  }

  static Result of(String text) {
    return new Result(Json.mapper().createObjectNode(), text);
  }

  Result with(String key, Object value) {
    ObjectNode changed = json.deepCopy();
    changed.set(key, Json.mapper().<JsonNode>valueToTree(value));
    return new Result(changed, text, status);
  }

  Result withStatus(int changed) {
    return new Result(json, text, changed);
  }

  void show(PrintStream out, boolean asJson) {
    if (asJson) {
      out.println(Json.line(json));
    } else {
      out.print(text);
    }
    out.flush();
  }
}
