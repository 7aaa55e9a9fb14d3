/** How long it takes to find a run among many. */
package dev.almanac.benchmarks.runs;
