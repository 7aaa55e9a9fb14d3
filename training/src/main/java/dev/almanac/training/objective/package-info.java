/** What a task makes of a model's outputs: the loss to lower, predictions and their metrics. */
package dev.almanac.training.objective;
