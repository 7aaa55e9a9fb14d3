package dev.almanac.training.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;
import java.util.List;

/** A constant of an operator, by name. */
public final class OnnxAttribute {
  private final AttributeProto form;

  private OnnxAttribute(AttributeProto.Builder form) {
    this.form = form.build();
  }

  private static AttributeProto.Builder named(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  public static OnnxAttribute of(String name, long value) {
    return new OnnxAttribute(named(name, AttributeType.INT).setI(value));
  }

  public static OnnxAttribute of(String name, float value) {
    return new OnnxAttribute(named(name, AttributeType.FLOAT).setF(value));
  }

  public static OnnxAttribute of(String name, String value) {
    return new OnnxAttribute(
        named(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)));
  }

  public static OnnxAttribute ofLongs(String name, List<Long> values) {
    return new OnnxAttribute(named(name, AttributeType.INTS).addAllInts(values));
  }

  public static OnnxAttribute ofTexts(String name, List<String> values) {
    return new OnnxAttribute(
        named(name, AttributeType.STRINGS)
            .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList()));
  }

  AttributeProto form() {
    return form;
  }
}
