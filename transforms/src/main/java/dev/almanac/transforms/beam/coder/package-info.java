/** How batches, statistics and lines travel between the stages of a pipeline. */
package dev.almanac.transforms.beam.coder;
