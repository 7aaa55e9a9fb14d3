/** PyTorch, behind DJL: devices, programs, training steps and forward passes. */
package dev.almanac.training.torch;
