/** A run as a file for programs without a JVM: its encoders and its model in ONNX. */
package dev.almanac.training.export;
