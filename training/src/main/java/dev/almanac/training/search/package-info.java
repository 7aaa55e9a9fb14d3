/** Searches a space for what makes an objective best; knows nothing of what is searched for. */
package dev.almanac.training.search;
