package dev.almanac.transforms.encode;

/** Leaves a number as it is. */
public record None() implements NumericStep {}
