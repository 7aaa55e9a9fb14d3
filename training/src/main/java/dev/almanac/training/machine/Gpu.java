package dev.almanac.training.machine;

/**
 * A graphics processor.
 *
 * @param cuda the newest version that its driver serves; null when the driver does not say
 */
public record Gpu(String name, String driver, String cuda, long memoryBytes) {}
