/**
 * The steps of a fit, and the encoders that they learn of train: what becomes of a cell on its way
 * to a model.
 */
package dev.almanac.transforms.encode;
