/** Rows that were not taken, each with its place, its reason and its text. */
package dev.almanac.transforms.reject;
