/**
 * A dataset in the making: its hidden folder and who works in it, and the first pass over its
 * source, chunk by chunk.
 */
package dev.almanac.transforms.staging;
