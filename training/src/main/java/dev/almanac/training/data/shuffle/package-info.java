/** The order in which an epoch visits rows, and how well it mixes them. */
package dev.almanac.training.data.shuffle;
