/**
 * The transforms as Beam's PTransforms: reading files, features, splitting, fitting, encoding,
 * writing, and all at once.
 */
package dev.almanac.transforms.beam;
