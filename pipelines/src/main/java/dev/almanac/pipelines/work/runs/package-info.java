/** Finds the run that is meant and keeps which one stands for a config. */
package dev.almanac.pipelines.work.runs;
