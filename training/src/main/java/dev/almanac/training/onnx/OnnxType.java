package dev.almanac.training.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** The element type of a tensor. */
public enum OnnxType {
  FLOAT(DataType.FLOAT),
  DOUBLE(DataType.DOUBLE),
  LONG(DataType.INT64),
  STRING(DataType.STRING),
  BOOLEAN(DataType.BOOL);

  private final DataType kind;

  OnnxType(DataType kind) {
    this.kind = kind;
  }

  /** Its number in a file. */
  public int number() {
    return kind.getNumber();
  }
}
