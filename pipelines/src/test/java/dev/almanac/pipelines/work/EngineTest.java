package dev.almanac.pipelines.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.transforms.problem.RequestException;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.Test;

class EngineTest {
  @Test
  void argumentsGoToBeamUnchangedAndWinOverTheRunnersOwn() throws Exception {
    Engine engine = new Engine(Engine.DIRECT, List.of("--jobName=my-job", "--targetParallelism=3"));
    PipelineOptions options = engine.options();
    assertEquals("my-job", options.getJobName());
    assertEquals("DirectRunner", options.getRunner().getSimpleName());
    assertEquals(3, options.as(DirectOptions.class).getTargetParallelism());
    assertFalse(options.as(DirectOptions.class).isBlockOnRun(), "as the runner's file says");
    Engine other = new Engine(Engine.DIRECT, List.of("--blockOnRun=true"));
    assertEquals(true, other.options().as(DirectOptions.class).isBlockOnRun());
  }

  @Test
  void anEngineThatIsNotThereOrATypoIsAWrongRequest() {
    assertEquals(
        "Cannot use runner 'flnik': runners are direct, spark, flink, dataflow (did you mean 'flink'?)",
        assertThrows(RequestException.class, () -> new Engine("flnik", List.of()).options())
            .getMessage());
    assertThrows(RequestException.class, () -> new Engine("spark", List.of()).options());
  }
}
