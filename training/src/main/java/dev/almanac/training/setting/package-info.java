/**
 * What a config may choose, as data: keys, their rules and defaults, and words with keys of their
 * own.
 */
package dev.almanac.training.setting;
