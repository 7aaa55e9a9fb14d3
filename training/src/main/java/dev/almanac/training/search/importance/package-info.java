/** How much each parameter of a search mattered. */
package dev.almanac.training.search.importance;
