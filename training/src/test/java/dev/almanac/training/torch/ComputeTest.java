package dev.almanac.training.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.engine.Engine;
import dev.almanac.training.config.DeviceChoice;
import dev.almanac.training.problem.TrainingException;
import org.junit.jupiter.api.Test;

class ComputeTest {
  private static boolean hasGpu() {
    Compute.start(DeviceChoice.AUTO, 1);
    return Engine.getInstance().defaultDevice().isGpu();
  }

  @Test
  void aGpuThatIsNotThereIsAnError() {
    assumeFalse(hasGpu());
    var error = assertThrows(TrainingException.class, () -> Compute.start(DeviceChoice.GPU, 1));
    assertTrue(
        error.getMessage().startsWith("Cannot train on device 'gpu': PyTorch 2.0.1 sees none ("),
        error.getMessage());
    assertTrue(error.getMessage().contains("say `device: auto`"), error.getMessage());
  }

  @Test
  void autoTakesWhatThereIs() {
    assertEquals(hasGpu() ? "gpu0" : "cpu", Compute.start(DeviceChoice.AUTO, 1).name());
  }

  @Test
  void zeroThreadsAreAllCores() {
    assertEquals(
        Runtime.getRuntime().availableProcessors(), Compute.start(DeviceChoice.CPU, 0).threads());
    assertEquals(1, Compute.start(DeviceChoice.CPU, 1).threads());
  }
}
