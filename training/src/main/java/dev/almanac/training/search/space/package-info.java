/** What a search varies, and between which values. */
package dev.almanac.training.search.space;
