package dev.almanac.pipelines.config;

import dev.almanac.training.config.TrainPlan;
import java.util.List;

/**
 * What is trained, how often and where to: the {@code train:} section.
 *
 * @param plan null when the section is absent
 * @param runs the folder of runs
 * @param repeats how many runs a training makes, each with the next seed; a search makes one a
 *     trial
 * @param environment the names of variables whose values a run's record keeps
 */
record TrainingConfig(TrainPlan plan, String runs, int repeats, List<String> environment) {}
