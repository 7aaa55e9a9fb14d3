package dev.almanac.training.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.almanac.training.model.ModelShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of rows on a device, out of which batches are cut as views. On the processor it is the
 * rows' own memory, without a copy.
 */
final class DevicePiece implements AutoCloseable {
  private final BatchSource.Rows rows;
  private final Program program;
  private final NDManager manager;
  private final NDArray numeric;
  private final NDArray categories;
  private final NDArray labels;

  DevicePiece(BatchSource.Rows rows, ModelShape shape, Program program) {
    this.rows = rows;
    this.program = program;
    this.manager = program.manager().newSubManager();
    this.numeric = tensor(rows.numeric(), DataType.FLOAT32, shape.numeric());
    this.categories = tensor(rows.categories(), DataType.INT32, shape.nominal().size());
    this.labels =
        rows.labels() == null
            ? null
            : tensor(rows.labels(), DataType.FLOAT32, 1).reshape(rows.count());
  }

  /** Null with a width of 0. */
  private NDArray tensor(ByteBuffer buffer, DataType kind, int width) {
    if (width == 0) {
      return null;
    }
    Shape shape = new Shape(rows.count(), width);
    // A slice, since the native side ignores where a buffer's position stands.
    ByteBuffer exact =
        buffer
            .slice(0, Math.toIntExact(shape.size() * Integer.BYTES))
            .order(ByteOrder.nativeOrder());
    NDArray array = manager.create(exact, shape, kind);
    return kind == DataType.FLOAT32 ? array.toType(program.type(), false) : array;
  }

  /** Whether these are the rows. */
  boolean holds(BatchSource.Rows asked) {
    return rows == asked;
  }

  /** A batch's arguments, valid until it is closed. */
  Batch batch(int first, int count) {
    return new Batch(first, count);
  }

  /**
   * Numeric features, categories and labels of some rows; what the model lacks is not looked at.
   */
  final class Batch implements AutoCloseable {
    private final NDManager views = manager.newSubManager();
    private final List<IValue> handles = new ArrayList<>();
    private final IValue numericRows;
    private final IValue categoryRows;
    private final IValue labelRows;

    private Batch(int first, int count) {
      numericRows = cut(numeric, first, count);
      categoryRows = cut(categories, first, count);
      labelRows = cut(labels, first, count);
    }

    private IValue cut(NDArray whole, int first, int count) {
      if (whole == null) {
        return program.nothing();
      }
      NDArray part = whole;
      if (count != rows.count()) {
        part = Program.cut(whole, first, first + count);
        part.attach(views);
      }
      IValue handle = Program.tensor(part);
      handles.add(handle);
      return handle;
    }

    IValue numeric() {
      return numericRows;
    }

    IValue categories() {
      return categoryRows;
    }

    IValue labels() {
      return labelRows;
    }

    @Override
    public void close() {
      handles.forEach(IValue::close);
      views.close();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
