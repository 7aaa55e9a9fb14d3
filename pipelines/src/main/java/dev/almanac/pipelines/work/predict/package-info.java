/** Predicts raw rows with a run and tells how far they are from what it was trained on. */
package dev.almanac.pipelines.work.predict;
