/**
 * The plan of a fit, the transform that it learns, its file, and how further rows are read by it.
 */
package dev.almanac.transforms.fit;
