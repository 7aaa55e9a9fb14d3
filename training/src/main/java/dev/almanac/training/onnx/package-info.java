/** ONNX models, put together operator by operator. */
package dev.almanac.training.onnx;
