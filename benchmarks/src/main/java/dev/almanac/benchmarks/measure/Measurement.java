package dev.almanac.benchmarks.measure;

/**
 * What one run of a command cost.
 *
 * @param exit the exit status
 * @param wallSeconds from start to exit
 * @param cpuSeconds user and system, of the process and all its children
 * @param peakBytes the most memory that the largest of its processes held at once; 0 where the
 *     system does not say
 * @param lastLines the end of what it printed
 */
public record Measurement(
    int exit, double wallSeconds, double cpuSeconds, long peakBytes, String lastLines) {}
