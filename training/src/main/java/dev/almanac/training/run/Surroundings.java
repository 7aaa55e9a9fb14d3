package dev.almanac.training.run;

import dev.almanac.training.machine.Gpu;
import dev.almanac.training.machine.GpuLoad;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a caller knows of a training's surroundings and the training cannot see by itself: it starts
 * no processes. Asked once a run, on the thread that trains.
 */
public interface Surroundings {
  /** Of which nothing is known. */
  Surroundings UNKNOWN = new Surroundings() {};

  /** The version of this program; null when not known. */
  default String almanac() {
    return null;
  }

  /** The code that trains. */
  default Code code() throws IOException {
    return new Code(RunCode.UNKNOWN, Map.of());
  }

  /** Values of the environment that are to stand in the record. */
  default Map<String, String> environment() {
    return Map.of();
  }

  /** The GPUs that this process sees. */
  default List<Gpu> gpus() {
    return List.of();
  }

  /** What each of them is doing; asked about once a second, on a thread of its own. */
  default List<GpuLoad> gpuLoads() {
    return List.of();
  }

  /**
   * The code that trains.
   *
   * @param files of the run's folder that belong to it, by their names
   */
  record Code(RunCode code, Map<String, byte[]> files) {}
}
