/**
 * What a source's columns are: name, type, whether cells may be missing, and what steps ask of
 * them.
 */
package dev.almanac.transforms.schema;
