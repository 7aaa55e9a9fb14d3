package dev.almanac.training.run;

import dev.almanac.training.machine.GpuLoad;
import dev.almanac.training.machine.Load;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of {@code system.jsonl}: what a training and its machine were doing.
 *
 * @param seconds of training so far
 * @param rowsPerSecond trained on since the line before; null when no batch was
 * @param waitShare the share of that time in which training waited for rows; null likewise
 * @param load of the processor and memory
 * @param gpus of each GPU; empty without any
 */
public record SystemRecord(
    double seconds, Double rowsPerSecond, Double waitShare, Load load, List<GpuLoad> gpus) {
  public SystemRecord {
    gpus = gpus == null ? List.of() : List.copyOf(gpus);
  }

  /** What stands for two lines in a row. */
  SystemRecord and(SystemRecord next) {
    Load one = load;
    Load other = next.load;
    List<GpuLoad> both = new ArrayList<>();
    for (int i = 0; i < Math.min(gpus.size(), next.gpus.size()); i++) {
      both.add(
          new GpuLoad(
              (gpus.get(i).busy() + next.gpus.get(i).busy()) / 2,
              mean(gpus.get(i).memoryBytes(), next.gpus.get(i).memoryBytes())));
    }
    return new SystemRecord(
        next.seconds,
        mean(rowsPerSecond, next.rowsPerSecond),
        mean(waitShare, next.waitShare),
        new Load(
            (one.cores() + other.cores()) / 2,
            mean(one.machine(), other.machine()),
            mean(one.heapBytes(), other.heapBytes()),
            mean(one.residentBytes(), other.residentBytes()),
            mean(one.usedBytes(), other.usedBytes())),
        both);
  }

  private static Double mean(Double one, Double other) {
    return one == null || other == null
        ? (one == null ? other : one)
        : (Double) ((one + other) / 2);
  }

  private static Long mean(Long one, Long other) {
    return one == null || other == null ? (one == null ? other : one) : (Long) ((one + other) / 2);
  }
}
