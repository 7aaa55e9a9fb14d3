/**
 * Reads a dataset's encoded rows as shuffled batches, from any place on, ahead of who consumes
 * them.
 */
package dev.almanac.training.data;
