package dev.almanac.training.torch;

import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;

/** Numbers as a program's arguments. Close it after the call. */
final class CallNumbers implements AutoCloseable {
  private final List<IValue> handles = new ArrayList<>();

  IValue of(long number) {
    return keep(IValue.from(number));
  }

  IValue of(double number) {
    return keep(IValue.from(number));
  }

  IValue of(double... numbers) {
    return keep(IValue.listFrom(numbers));
  }

  IValue of(boolean flag) {
    return keep(IValue.from(flag));
  }

  private IValue keep(IValue handle) {
    handles.add(handle);
    return handle;
  }

  @Override
  public void close() {
    handles.forEach(IValue::close);
  }
}
