/** Processes that stay and train one segment of a trial after another, and those who ask them. */
package dev.almanac.pipelines.work.worker;
