/** Finds source files, what they seem to be and what an earlier dataset holds of them. */
package dev.almanac.pipelines.work.source;
