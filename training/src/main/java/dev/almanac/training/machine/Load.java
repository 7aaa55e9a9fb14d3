package dev.almanac.training.machine;

/**
 * What this process and its machine are doing.
 *
 * @param cores how many processors' time this process took since the reading before
 * @param machine the share of the machine's processors that is busy, 0 to 1, in a container of
 *     those that it may take; null when the system does not say
 * @param heapBytes of Java, in use
 * @param residentBytes of this process in memory, native memory too; null when the system does not
 *     say
 * @param usedBytes of the machine, or of the container where one is bounded; null likewise
 */
public record Load(
    double cores, Double machine, long heapBytes, Long residentBytes, Long usedBytes) {}
