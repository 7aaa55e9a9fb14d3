package dev.almanac.training.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Direct buffers as a program's arguments: on the processor without a copy, so the buffers must
 * live as long. Close it after the call.
 */
final class ModelInput implements AutoCloseable {
  private final Program program;
  private final NDManager manager;
  private final List<IValue> handles = new ArrayList<>();

  ModelInput(Program program) {
    this.program = program;
    this.manager = program.manager().newSubManager();
  }

  /** float32 {@code [rows]}. */
  IValue vector(ByteBuffer buffer, int rows) {
    return numbers(buffer, new Shape(rows));
  }

  /** float32 {@code [rows, width]}; not looked at with a width of 0. */
  IValue matrix(ByteBuffer buffer, int rows, int width) {
    return width == 0 ? program.nothing() : numbers(buffer, new Shape(rows, width));
  }

  private IValue numbers(ByteBuffer buffer, Shape shape) {
    return keep(tensor(buffer, DataType.FLOAT32, shape).toType(program.type(), false));
  }

  /** int32 {@code [rows, width]}; not looked at with a width of 0. */
  IValue categories(ByteBuffer buffer, int rows, int width) {
    return width == 0
        ? program.nothing()
        : keep(tensor(buffer, DataType.INT32, new Shape(rows, width)));
  }

  private NDArray tensor(ByteBuffer buffer, DataType kind, Shape shape) {
    // A slice, since the native side ignores where a buffer's position stands.
    ByteBuffer exact =
        buffer
            .slice(0, Math.toIntExact(shape.size() * kind.getNumOfBytes()))
            .order(ByteOrder.nativeOrder());
    return manager.create(exact, shape, kind);
  }

  private IValue keep(NDArray array) {
    IValue handle = Program.tensor(array);
    handles.add(handle);
    return handle;
  }

  IValue number(long number) {
    return keep(IValue.from(number));
  }

  IValue number(double number) {
    return keep(IValue.from(number));
  }

  IValue numbers(double... numbers) {
    return keep(IValue.listFrom(numbers));
  }

  IValue flag(boolean flag) {
    return keep(IValue.from(flag));
  }

  private IValue keep(IValue handle) {
    handles.add(handle);
    return handle;
  }

  @Override
  public void close() {
    handles.forEach(IValue::close);
    manager.close();
  }
}
