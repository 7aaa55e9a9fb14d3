/**
 * What a finished dataset says of itself: its folder and name, its files with their hashes, its
 * columns, where every row went.
 */
package dev.almanac.transforms.manifest;
