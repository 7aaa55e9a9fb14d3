package dev.almanac.training.run;

import dev.almanac.training.machine.GpuLoad;
import dev.almanac.training.machine.Load;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a machine did while a run trained, in a few numbers; null where it was not seen.
 *
 * @param cores processors' time at once that the process took, in the mean
 * @param machine share of the machine's processors that was busy, 0 to 1, in the mean
 * @param waitShare share of the time in which training waited for rows, in the mean
 * @param residentBytes most memory of the process
 * @param heapBytes most memory of Java
 * @param gpu share of the time in which its GPUs computed, in the mean
 * @param gpuBytes most memory in use of a GPU
 */
public record SystemSummary(
    Double cores,
    Double machine,
    Double waitShare,
    Long residentBytes,
    Long heapBytes,
    Double gpu,
    Long gpuBytes) {
  public static SystemSummary of(List<SystemRecord> lines) {
    List<Load> loads = lines.stream().map(SystemRecord::load).toList();
    List<GpuLoad> gpus = lines.stream().flatMap(line -> line.gpus().stream()).toList();
    return new SystemSummary(
        mean(loads, Load::cores),
        mean(loads, Load::machine),
        mean(lines, SystemRecord::waitShare),
        most(loads, Load::residentBytes),
        most(loads, Load::heapBytes),
        mean(gpus, GpuLoad::busy),
        most(gpus, GpuLoad::memoryBytes));
  }

  private static <T> Double mean(List<T> of, Function<T, Double> value) {
    var values =
        of.stream().map(value).filter(Objects::nonNull).mapToDouble(Double::doubleValue).average();
    return values.isPresent() ? values.getAsDouble() : null;
  }

  private static <T> Long most(List<T> of, Function<T, Long> value) {
    return of.stream().map(value).filter(Objects::nonNull).max(Long::compare).orElse(null);
  }
}
