package dev.almanac.pipelines.work.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.pipelines.work.Engine;
import dev.almanac.transforms.problem.ForeseenException;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineFailureTest {
  private static String told(Throwable thrown) {
    return EngineFailure.of(new Engine("spark", List.of()), thrown).getMessage();
  }

  @Test
  void whatAPersonIsToldIsTheFirstCauseInOneLine() {
    assertEquals(
        "Cannot train on spark: Connection refused; the same command goes on once that is mended",
        told(new RuntimeException("job", new ConnectException("Connection refused\n\tat x.Y"))));
    assertEquals(
        "Cannot read x: it is gone",
        told(new RuntimeException("job", new ForeseenException("Cannot read x: it is gone"))));
    assertEquals(
        "Cannot train on spark: the engine gave up; what it logged says why; the same command goes on once that is mended",
        told(
            new IllegalStateException("job", new NullPointerException("Cannot invoke \"a.b()\""))));
  }
}
