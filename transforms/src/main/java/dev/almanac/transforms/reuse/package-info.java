/**
 * What a dataset keeps of its source, and how the next one takes it over where files are the same.
 */
package dev.almanac.transforms.reuse;
