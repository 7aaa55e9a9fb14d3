/** Families of models: what of each may be chosen, its layers, and trained weights in files. */
package dev.almanac.training.model;
