package dev.almanac.transforms.column;

import dev.almanac.transforms.problem.RefusedException;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Encoded features or a label: binary32 numbers, never null. */
public record FloatColumn(float[] values) implements Column {
  @Override
  public ColumnType type() {
    return ColumnType.FLOAT32;
  }

  @Override
  public int rows() {
    return values.length;
  }

  @Override
  public boolean isNull(int row) {
    return false;
  }

  @Override
  public int nulls() {
    return 0;
  }

  @Override
  public FloatColumn take(int[] rows) {
    float[] taken = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return new FloatColumn(taken);
  }

  @Override
  public FloatColumn slice(int from, int until) {
    return new FloatColumn(Arrays.copyOfRange(values, from, until));
  }

  @Override
  public Validity validity() {
    return Validity.all(values.length);
  }

  @Override
  public FloatColumn keep(Validity kept) {
    throw new RefusedException(
        "Cannot clear cells of a column of %s: an encoded column has no null".formatted(type()));
  }

  @Override
  public double[] numbers() {
    double[] numbers = new double[values.length];
    for (int row = 0; row < values.length; row++) {
      numbers[row] = values[row];
    }
    return numbers;
  }

  @Override
  public StringColumn asText() {
    throw new RefusedException(
        "Cannot read a column of %s as text: only source columns have categories"
            .formatted(type()));
  }

  @Override
  public String text(int row) {
    return Float.toString(values[row]);
  }

  @Override
  public Float value(int row) {
    return values[row];
  }

  @Override
  public boolean isFinite(int row) {
    return Float.isFinite(values[row]);
  }

  @Override
  public int compare(int left, int right) {
    return Float.compare(values[left], values[right]);
  }

  @Override
  public long bytes() {
    return (long) Float.BYTES * values.length;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    ByteBuffer bytes = BatchFormat.buffer(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    out.write(bytes.array());
  }

  @Override
  public <T> T match(ColumnCases<T> cases) {
    return cases.floats(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatColumn that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
