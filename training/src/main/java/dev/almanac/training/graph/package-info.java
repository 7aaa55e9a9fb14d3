/**
 * Models as graphs of layers: their TorchScript with the backward pass written out, and their ONNX
 * form.
 */
package dev.almanac.training.graph;
