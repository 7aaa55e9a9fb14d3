/** Which trials are ended early, or wait at a rung. */
package dev.almanac.training.search.prune;
