package dev.almanac.pipelines.work.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.Until;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerMessageTest {
  @Test
  void whatIsWrittenIsRead() throws IOException {
    WorkerMessage.Request request =
        new WorkerMessage.Request(
            List.of("train.epochs=3", "name=\"é\n\""),
            "out/x",
            "run",
            new RunSeries.Origin("s", 4, Map.of()),
            new Until(7, 2),
            "attempt 1: killed\nhard");
    assertEquals(1, request.line().lines().count());
    assertEquals(request, WorkerMessage.Request.of(request.line(), 1));
    for (WorkerMessage.Ended ended : WorkerMessage.Ended.values()) {
      WorkerMessage.Answer answer = new WorkerMessage.Answer("run", ended, "why");
      assertEquals(answer, WorkerMessage.Answer.of(answer.line(), 2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"run-id\": \"a\", \"ended\": \"trai",
        "{\"run-id\": \"a\", \"ended\": \"gone\"}",
        "{\"run-id\": \"a\"}",
        "{\"run-id\": \"a\", \"ended\": \"trained\", \"more\": 1}",
        "warning: a library speaks"
      })
  void aLineThatIsNoAnswerIsNamed(String line) {
    var error = assertThrows(IOException.class, () -> WorkerMessage.Answer.of(line, 12));
    assertTrue(
        error.getMessage().startsWith("Cannot read line 12, which is to be a worker's answer: ")
            && error.getMessage().endsWith("(" + line + ")"),
        error.getMessage());
  }

  @Test
  void aLineThatIsNoRequestIsNamed() {
    String torn = "{\"settings\": [], \"dataset\": \"d\", \"run-id\": \"r\", \"until\": 0}";
    for (String line : List.of(torn, torn.substring(0, 30), torn.replace("until", "til"))) {
      var error = assertThrows(IOException.class, () -> WorkerMessage.Request.of(line, 3));
      assertTrue(
          error.getMessage().startsWith("Cannot read line 3, which is to be a worker's request: "),
          error.getMessage());
    }
  }
}
