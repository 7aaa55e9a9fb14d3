/** Where a training or an evaluation takes its batches from. */
package dev.almanac.training.feed;
