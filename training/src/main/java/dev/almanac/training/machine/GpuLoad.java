package dev.almanac.training.machine;

/**
 * What a GPU is doing.
 *
 * @param busy the share of the last moments in which it computed, 0 to 1
 * @param memoryBytes in use, by whatever process
 */
public record GpuLoad(double busy, long memoryBytes) {}
