/**
 * What a person is told: problems with their paths, notices, and the exceptions that are foreseen.
 */
package dev.almanac.transforms.problem;
