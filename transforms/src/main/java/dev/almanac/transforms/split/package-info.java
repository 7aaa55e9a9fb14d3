/** Which rows are for training, which for validation and which for the test: by their dates. */
package dev.almanac.transforms.split;
