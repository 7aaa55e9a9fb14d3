package dev.almanac.pipelines.work.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Hands out the GPUs of a machine to processes that train at the same time: each sees one, the one
 * that the fewest others have. Thread-safe.
 */
public final class TrialDevices {
  /** What CUDA looks at: the devices that a process may see, by number or name. */
  public static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  /** Where Linux lists NVIDIA's devices. */
  public static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");

  private final Map<String, Integer> processes = new LinkedHashMap<>();

  private TrialDevices(List<String> devices) {
    devices.forEach(device -> processes.put(device, 0));
  }

  /**
   * The devices that this process may see.
   *
   * @param environment where {@link #VISIBLE} may name them
   * @param driver the folder that has an entry for each when it does not
   */
  public static TrialDevices of(Map<String, String> environment, Path driver) throws IOException {
    String visible = environment.get(VISIBLE);
    if (visible != null) {
      return new TrialDevices(
          Stream.of(visible.split(",")).map(String::strip).filter(d -> !d.isEmpty()).toList());
    }
    List<String> devices = new ArrayList<>();
    if (Files.isDirectory(driver)) {
      try (Stream<Path> entries = Files.list(driver)) {
        long count = entries.count();
        for (int device = 0; device < count; device++) {
          devices.add(Integer.toString(device));
        }
      }
    }
    return new TrialDevices(devices);
  }

  /** A device for one process, until {@link #release}; null when the machine has none. */
  public synchronized String take() {
    String least = null;
    for (String device : processes.keySet()) {
      if (least == null || processes.get(device) < processes.get(least)) {
        least = device;
      }
    }
    if (least != null) {
      processes.merge(least, 1, Integer::sum);
    }
    return least;
  }

  public synchronized void release(String device) {
    if (device != null) {
      processes.merge(device, -1, Integer::sum);
    }
  }
}
