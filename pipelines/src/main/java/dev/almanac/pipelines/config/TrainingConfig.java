package dev.almanac.pipelines.config;

import dev.almanac.training.config.TrainConfig;

/**
 * What is trained, how often and where to: the {@code train:} section.
 *
 * @param train null when the section is absent
 * @param runs the folder of runs
 * @param repeats how many runs a training makes, each with the next seed; a search makes one a
 *     trial
 */
record TrainingConfig(TrainConfig train, String runs, int repeats) {}
