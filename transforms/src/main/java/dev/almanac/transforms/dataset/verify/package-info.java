/** Comparing a dataset with what was written. */
package dev.almanac.transforms.dataset.verify;
