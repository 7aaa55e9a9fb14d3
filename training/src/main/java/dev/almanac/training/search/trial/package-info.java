/** One try of a study, what came of it, and the random numbers that belong to it. */
package dev.almanac.training.search.trial;
