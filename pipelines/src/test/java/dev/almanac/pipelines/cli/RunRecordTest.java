package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.work.process.ShortCommand;
import dev.almanac.transforms.json.SealedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run was made with is in its record, and a rerun says what of it is not as it was. */
class RunRecordTest {
  @TempDir Path folder;

  private void git(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@b"));
    command.addAll(List.of(arguments));
    ShortCommand.Answer answer =
        new ShortCommand(folder, Set.of(), Map.of(), 20_000, 1 << 20).run(command);
    assertEquals(0, answer.status(), answer.errors());
  }

  private static List<String> names(JsonNode differences) {
    List<String> names = new ArrayList<>();
    differences.forEach(
        check ->
            names.add(
                check.get("group").textValue()
                    + ": "
                    + check.get("name").textValue()
                    + (check.get("decides").booleanValue() ? "" : "?")));
    return names;
  }

  @Test
  void aRerunSaysWhatOfCodeProgramsAndMachineIsAnother() throws IOException {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    git("init", "-q");
    git("add", Path.of(config).getFileName().toString());
    git("commit", "-q", "-m", "config");
    Files.writeString(Path.of(config), Files.readString(Path.of(config)) + "# not committed\n");
    Call trained = Call.of("run", config, "--json", "--set", "train.environment=[PATH, NOT_SET]");
    assertEquals(0, trained.status(), trained.err());
    String id = trained.json().get("run-id").textValue();
    Path run = folder.resolve("runs").resolve(id);
    assertTrue(Files.readString(run.resolve("code.diff")).contains("+# not committed"));
    ObjectNode record = SealedJson.of(Files.readAllBytes(run.resolve("run.json"))).content();
    JsonNode environment = record.at("/machine/environment");
    assertEquals(1, environment.size(), "no other than those that are named and set");
    assertEquals(System.getenv("PATH"), environment.get("PATH").textValue());

    Call same = Call.of("runs", "rerun", config, id, "--json");
    assertTrue(same.json().get("equal").booleanValue());
    assertEquals(List.of("system: environment?"), names(same.json().get("differences")));

    ((ObjectNode) record.at("/machine/hardware/cpu")).putArray("flags").add("avx");
    ((ObjectNode) record.at("/machine/platform")).put("time-zone", "Mars/Olympus");
    ((ObjectNode) record.at("/machine/jvm")).putArray("flags").add("-Xmx1m");
    ((ObjectNode) record.at("/recipe/code/config")).put("commit", "0123");
    Files.writeString(run.resolve("run.json"), SealedJson.text(record));
    Call other = Call.of("runs", "rerun", config, id, "--json");
    assertTrue(other.json().get("equal").booleanValue(), other.out());
    assertEquals(
        List.of(
            "code: config's repository?",
            "jvm: flags?",
            "hardware: instructions",
            "system: time zone?",
            "system: environment?"),
        names(other.json().get("differences")));
    assertTrue(other.err().contains("system: time zone was Mars/Olympus and is"), other.err());
    Call verified = Call.of("runs", "verify", config, id, "--json");
    assertEquals(1, verified.status());
    assertEquals("instructions", verified.json().get("first-difference").textValue());
    Call shown = Call.of("runs", "show", config, id);
    assertTrue(shown.out().contains("Machine: "), shown.out());
    assertFalse(shown.out().contains("null"), shown.out());
  }
}
