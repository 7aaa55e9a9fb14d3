package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArchivingTest {
  @Test
  void commandsFollowOneAnother() {
    assertEquals(
        List.of(List.of("run", "a.yaml"), List.of("runs", "list"), List.of("study")),
        Archiving.commands("run", "a.yaml", "then", "runs", "list", "then", "study"));
  }
}
