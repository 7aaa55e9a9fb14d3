/** Patterns of paths, matched without listing more folders than they ask for. */
package dev.almanac.transforms.storage.match;
