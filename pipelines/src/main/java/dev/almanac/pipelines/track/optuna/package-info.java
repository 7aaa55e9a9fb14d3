/** Optuna's journal of a study, as its journal storage and optuna-dashboard read it. */
package dev.almanac.pipelines.track.optuna;
