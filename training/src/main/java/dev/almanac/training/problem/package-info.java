/** What a person is told when a training cannot start or go on. */
package dev.almanac.training.problem;
