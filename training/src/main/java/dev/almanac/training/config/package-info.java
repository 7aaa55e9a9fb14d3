/** How to train: what a config's {@code train:} section comes to. */
package dev.almanac.training.config;
