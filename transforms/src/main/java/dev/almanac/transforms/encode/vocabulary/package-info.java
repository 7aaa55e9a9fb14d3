/** Millions of categories and their counts in little memory, and as a file. */
package dev.almanac.transforms.encode.vocabulary;
