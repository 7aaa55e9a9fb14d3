/** Trains, goes on with, evaluates, verifies and exports runs. */
package dev.almanac.pipelines.work.train;
