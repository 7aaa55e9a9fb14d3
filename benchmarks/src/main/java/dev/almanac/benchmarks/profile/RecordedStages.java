package dev.almanac.benchmarks.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * The stages' shares of a flight recording.
 *
 * <p>Samples are of threads that ran Java: neither the JVM's own threads nor time inside the kernel
 * or native code is in them.
 *
 * @param jvmStart when the JVM began
 * @param collections seconds that the collector made everything wait
 */
public record RecordedStages(Instant jvmStart, Map<Stage, Samples> stages, double collections) {

  /**
   * @param count how many samples
   * @param first when the first was taken
   * @param last when the last was
   */
  public record Samples(long count, Instant first, Instant last) {
    Samples and(Samples later) {
      return new Samples(
          count + later.count,
          first.isBefore(later.first) ? first : later.first,
          last.isAfter(later.last) ? last : later.last);
    }
  }

  /** Reads a recording. */
  public static RecordedStages of(Path recording) throws IOException {
    Map<Stage, Samples> stages = new EnumMap<>(Stage.class);
    Instant start = null;
    double collections = 0;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        switch (event.getEventType().getName()) {
          case "jdk.ExecutionSample" -> {
            Instant at = event.getStartTime();
            stages.merge(stage(event.getStackTrace()), new Samples(1, at, at), Samples::and);
          }
          case "jdk.JVMInformation" -> start = event.getInstant("jvmStartTime");
          case "jdk.GarbageCollection" -> collections += seconds(event.getDuration("sumOfPauses"));
          default -> {}
        }
      }
    }
    return new RecordedStages(start, stages, collections);
  }

  public long samples() {
    return stages.values().stream().mapToLong(Samples::count).sum();
  }

  private static Stage stage(RecordedStackTrace stack) {
    return stack == null
        ? Stage.OTHER
        : Stage.of(
            stack.getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName())
                .toList());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
