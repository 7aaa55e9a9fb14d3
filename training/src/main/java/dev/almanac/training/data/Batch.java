package dev.almanac.training.data;

import dev.almanac.transforms.problem.RefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Rows for one step, in native memory, row after row.
 *
 * <p>The buffers are direct and in native byte order, so a tensor can share their memory without a
 * copy. Such a tensor must be released before {@link #close}, which reuses the memory for a later
 * batch. Each call returns a view of its own at position 0, limited to the rows. A batch may pass
 * from thread to thread, but only one may use it at a time.
 */
public final class Batch implements AutoCloseable {
  /** PyTorch's own allocator aligns to as many bytes. */
  private static final int ALIGNMENT = 64;

  private final int capacity;
  private final int numericWidth;
  private final int nominalWidth;
  private final ByteBuffer numeric;
  private final ByteBuffer categories;
  private final ByteBuffer labels;
  private final Consumer<Batch> owner;
  private int rows;
  private boolean labelled;
  private volatile long filling;
  private volatile boolean open;

  Batch(int capacity, int numericWidth, int nominalWidth, Consumer<Batch> owner) {
    this.capacity = capacity;
    this.numericWidth = numericWidth;
    this.nominalWidth = nominalWidth;
    this.numeric = allocate(capacity, numericWidth);
    this.categories = allocate(capacity, nominalWidth);
    this.labels = allocate(capacity, 1);
    this.owner = owner;
  }

  private static ByteBuffer allocate(int rows, int width) {
    long bytes = (long) rows * width * Integer.BYTES;
    if (bytes > Integer.MAX_VALUE - 3L * ALIGNMENT) {
      throw new RefusedException(
          "Cannot make a batch of %s rows of %s columns: it holds at most 2 GiB (%s bytes)"
              .formatted(rows, width, bytes));
    }
    // A slice is cut at both ends: its length, too, becomes a multiple of the alignment.
    int whole = ((int) bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return ByteBuffer.allocateDirect(whole + ALIGNMENT).alignedSlice(ALIGNMENT);
  }

  /** Native bytes that a batch of this shape takes. */
  static long bytes(int capacity, int numericWidth, int nominalWidth) {
    return (long) capacity * (numericWidth + nominalWidth + 1) * Integer.BYTES + 6L * ALIGNMENT;
  }

  public void open(int filled, boolean withLabels) {
    rows = filled;
    labelled = withLabels;
    filling++;
    open = true;
  }

  /** Which filling of its memory this is, from 1. */
  long filling() {
    return filling;
  }

  /** Whether a filling is not closed yet. */
  boolean isOpen(long number) {
    return open && filling == number;
  }

  int capacity() {
    return capacity;
  }

  /** Where the batch is filled: all of the memory, whatever the rows. */
  ByteBuffer numericMemory() {
    return numeric.duplicate().order(ByteOrder.nativeOrder()).clear();
  }

  ByteBuffer categoryMemory() {
    return categories.duplicate().order(ByteOrder.nativeOrder()).clear();
  }

  ByteBuffer labelMemory() {
    return labels.duplicate().order(ByteOrder.nativeOrder()).clear();
  }

  public int rows() {
    return rows;
  }

  /** How many numeric features a row has. */
  public int numericWidth() {
    return numericWidth;
  }

  /** How many categories a row has. */
  public int nominalWidth() {
    return nominalWidth;
  }

  /** float32 [rows, numericWidth], row after row. */
  public ByteBuffer numeric() {
    return view(numeric, numericWidth);
  }

  /** int32 [rows, nominalWidth], row after row. */
  public ByteBuffer categories() {
    return view(categories, nominalWidth);
  }

  /** Whether the rows have a label; those of a prediction have none. */
  public boolean hasLabels() {
    return labelled;
  }

  /** float32 [rows]. */
  public ByteBuffer labels() {
    if (!labelled) {
      throw new IllegalStateException("Cannot read the labels of a batch: its rows have none");
    }
    return view(labels, 1);
  }

  private ByteBuffer view(ByteBuffer buffer, int width) {
    if (!open) {
      throw new IllegalStateException("Cannot read a batch: it is closed");
    }
    return buffer
        .duplicate()
        .position(0)
        .limit(rows * width * Integer.BYTES)
        .order(ByteOrder.nativeOrder());
  }

  /** Gives the memory back; the views and tensors over it must not be used any more. */
  @Override
  public void close() {
    if (open) {
      open = false;
      owner.accept(this);
    }
  }
}
