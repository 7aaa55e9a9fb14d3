/**
 * From what the first pass found to a finished dataset: checks, the fit, the plan of its files,
 * writing and committing them.
 */
package dev.almanac.transforms.dataset;
