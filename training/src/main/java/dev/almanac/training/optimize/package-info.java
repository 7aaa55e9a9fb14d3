/** How weights change by a gradient, and how fast from step to step. */
package dev.almanac.training.optimize;
