/** Predicts for rows with a run's model. */
package dev.almanac.training.score;
