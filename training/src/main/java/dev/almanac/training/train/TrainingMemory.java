package dev.almanac.training.train;

import com.sun.management.OperatingSystemMXBean;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.problem.MemoryException;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.torch.Compute;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Says of a model that is too large for the machine that it is, before or when memory ends. */
final class TrainingMemory {
  /** On the heap: the weights of the best epoch and those that are looked at. */
  private static final int HEAP_COPIES = 2;

  private TrainingMemory() {}

  /**
   * Refuses what cannot fit.
   *
   * @param weights of the model
   * @throws TrainingException when its weights alone take more than there is
   */
  static void check(long weights, TrainConfig config, Compute compute) {
    long heap = HEAP_COPIES * weights * Float.BYTES;
    // Beside the weights themselves: their gradient, and what the optimizer keeps of each.
    int copies = 2 + config.optimizer().optimizer().lasting();
    long outside = compute.isHere() ? copies * weights * Float.BYTES : 0;
    long most = Runtime.getRuntime().maxMemory();
    long machine =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : Long.MAX_VALUE;
    if (heap > most || outside > machine) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "Cannot train model '%s': its %,d weights take at least %.1f GB of Java's memory (it may take %.1f) and %.1f GB beside it (the machine has %.1f); make the layers of train.model smaller, or allow Java more (ALMANAC_JAVA_OPTS=-Xmx%dg)",
              config.model().family(),
              weights,
              heap / 1e9,
              most / 1e9,
              outside / 1e9,
              machine / 1e9,
              2 + heap / 1_000_000_000L));
    }
  }

  /** Whether this was thrown because memory ended, Java's or PyTorch's. */
  static boolean isLacking(Throwable thrown) {
    return thrown instanceof OutOfMemoryError || Compute.lacksMemory(thrown);
  }

  static MemoryException lacking(RunRecord record, Throwable thrown) {
    return new MemoryException(
        String.format(
            Locale.ROOT,
            "Cannot train run %s: a model of %,d weights with train.batch-size %d takes more memory than there is (%s); make train.model or the batches smaller, or allow Java more (ALMANAC_JAVA_OPTS=-Xmx8g)",
            record.runId(),
            record.parameters(),
            record.train().batches().size(),
            String.valueOf(thrown.getMessage()).lines().findFirst().orElse("")),
        thrown);
  }
}
