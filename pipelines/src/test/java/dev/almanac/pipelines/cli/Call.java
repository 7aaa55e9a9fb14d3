package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One call of the program and what it said. */
public record Call(int status, String out, String err) {
  public static Call of(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            arguments,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Call(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The one JSON object on standard output. */
  public JsonNode json() throws IOException {
    assertEquals(1, out.lines().count(), () -> out + err);
    return Json.tree(out, "standard output");
  }

  /** The same of a call that must succeed. */
  public JsonNode result() throws IOException {
    assertEquals(0, status, () -> out + err);
    return json();
  }

  /** The dataset that a call which must succeed made. */
  public Dataset dataset() throws IOException {
    return Dataset.open(result().get("dataset").textValue());
  }
}
