/** Processes that work starts, and that do not outlive it. */
package dev.almanac.pipelines.work.process;
