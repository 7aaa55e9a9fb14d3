/** Makes datasets, finds those that are there and verifies them. */
package dev.almanac.pipelines.work.prepare;
