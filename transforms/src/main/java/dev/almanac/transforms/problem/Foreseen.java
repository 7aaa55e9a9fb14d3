package dev.almanac.transforms.problem;

/**
 * Marks an exception whose message is written for a person: it says what cannot be done, where and
 * why, and is shown alone, without a stack trace. Any other exception is a fault of the program.
 */
public interface Foreseen {}
