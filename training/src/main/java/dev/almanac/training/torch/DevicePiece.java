package dev.almanac.training.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.almanac.training.data.UnmixedWindow;
import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.feed.WindowSource;
import dev.almanac.training.model.ModelShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of rows on a device, out of which batches are cut as views. On the processor it is the
 * rows' own memory, without a copy.
 */
final class DevicePiece implements AutoCloseable {
  /** What a program needs beside its own methods to mix the rows of a window. */
  static final String MIX =
      """
        def mix(self: __torch__.Program, words: Tensor, order: Tensor, numeric: int, nominal: int, category: int) -> List[Tensor]:
          cells = torch.view_copy(torch.index_select(words, 0, order), dtype=3)
          x = torch.view_copy(cells.narrow(1, 0, numeric), dtype=6).contiguous()
          c = cells.narrow(1, category, nominal).contiguous()
          y = torch.view_copy(cells.narrow(1, category + nominal, 1), dtype=6).contiguous()
          return [x, c, y]

        def join(self: __torch__.Program, first: Tensor, second: Tensor) -> Tensor:
          return torch.cat([first, second])
      """;

  /** Words of a window that go to the device in one copy. */
  private static final int COPY_WORDS = 1 << 23;

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
    int width = shape.numeric();
    int nominal = shape.nominal().size();
    if (rows instanceof WindowSource.Whole whole) {
      UnmixedWindow window = whole.window();
      var left = window.left();
      NDList mixed = mixed(window, width, nominal);
      this.numeric = behind(left.rows(), left.numeric(), DataType.FLOAT32, width, mixed.get(0));
      this.categories =
          behind(left.rows(), left.categories(), DataType.INT32, nominal, mixed.get(1));
      this.labels =
          behind(left.rows(), left.labels(), DataType.FLOAT32, 1, mixed.get(2))
              .reshape(rows.count());
      return;
    }
    int count = rows.count();
    this.numeric = tensor(count, rows.numeric(), DataType.FLOAT32, width);
    this.categories = tensor(count, rows.categories(), DataType.INT32, nominal);
    this.labels =
        rows.labels() == null
            ? null
            : tensor(count, rows.labels(), DataType.FLOAT32, 1).reshape(count);
  }

  /** The window's own rows in their order: numeric features, categories, labels. */
  private NDList mixed(UnmixedWindow window, int numeric, int nominal) {
    try (NDManager scope = manager.newSubManager();
        CallNumbers numbers = new CallNumbers()) {
      Shape all = new Shape(window.storedRows(), window.rowWords());
      NDArray words = scope.create(all, DataType.INT64);
      int step = Math.max(1, COPY_WORDS / window.rowWords());
      for (int from = 0; from < window.storedRows(); from += step) {
        int to = Math.min(window.storedRows(), from + step);
        try (NDArray some =
                scope.create(
                    window.words(from, to),
                    new Shape(to - from, window.rowWords()),
                    DataType.INT64);
            NDArray into = Program.cut(words, from, to)) {
          program.put(some, into);
        }
      }
      IntBuffer taken = window.order();
      NDArray order = scope.create(taken, new Shape(taken.remaining()), DataType.INT32);
      try (IValue wordsIn = Program.tensor(words);
          IValue orderIn = Program.tensor(order);
          IValue made =
              program.call(
                  "mix",
                  wordsIn,
                  orderIn,
                  numbers.of((long) numeric),
                  numbers.of((long) nominal),
                  numbers.of((long) window.firstCategory()))) {
        return made.toNDList((PtNDManager) manager);
      }
    }
  }

  /** Rows from before, then others; null with a width of 0. */
  private NDArray behind(int count, ByteBuffer before, DataType kind, int width, NDArray rest) {
    if (width == 0) {
      return null;
    }
    NDArray second = kind == DataType.FLOAT32 ? rest.toType(program.type(), false) : rest;
    if (count == 0) {
      return second;
    }
    try (NDArray first = tensor(count, before, kind, width);
        IValue firstIn = Program.tensor(first);
        IValue secondIn = Program.tensor(second);
        IValue made = program.call("join", firstIn, secondIn)) {
      return made.toTensor((PtNDManager) manager);
    }
  }

  /** Null with a width of 0. */
  private NDArray tensor(int count, ByteBuffer buffer, DataType kind, int width) {
    if (width == 0) {
      return null;
    }
    Shape shape = new Shape(count, width);
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
