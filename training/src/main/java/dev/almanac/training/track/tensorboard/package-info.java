/** TensorBoard's event files, written by hand as its readers take them. */
package dev.almanac.training.track.tensorboard;
