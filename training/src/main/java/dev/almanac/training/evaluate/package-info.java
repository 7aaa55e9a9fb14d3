/** How good a run is on a split, beside simple models and with columns permuted. */
package dev.almanac.training.evaluate;
