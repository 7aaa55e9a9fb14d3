package dev.almanac.training.run;

import dev.almanac.training.data.ShuffleQuality;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Batches cut out of large pieces of rows, each of which goes to a device whole: one transfer in
 * place of one a batch. The batches are those that the rows would make alone.
 */
final class PiecedSource implements BatchSource {
  private final DatasetSource pieces;
  private final int batchSize;

  /**
   * @param pieces whose batches are pieces, each a multiple of the batch size
   */
  PiecedSource(DatasetSource pieces, int batchSize) {
    this.pieces = pieces;
    this.batchSize = batchSize;
  }

  @Override
  public long steps() {
    return (pieces.rows() + batchSize - 1) / batchSize;
  }

  @Override
  public long rows() {
    return pieces.rows();
  }

  @Override
  public ShuffleQuality shuffleQuality() {
    return pieces.shuffleQuality();
  }

  @Override
  public Pass pass(int number, long from) throws IOException {
    Pass whole = pieces.passFrom(number, from * batchSize);
    return new Pass() {
      private Rows piece;
      private int next;

      @Override
      public Rows next() throws IOException {
        if (piece == null || next == piece.count()) {
          closePiece();
          piece = whole.next();
          next = 0;
        }
        if (piece == null) {
          return null;
        }
        int first = next;
        next = Math.min(piece.count(), first + batchSize);
        return new Part(piece, first, next - first);
      }

      private void closePiece() {
        if (piece != null) {
          piece.close();
          piece = null;
        }
      }

      @Override
      public long waitNanos() {
        return whole.waitNanos();
      }

      @Override
      public void close() throws IOException {
        closePiece();
        whole.close();
      }
    };
  }

  /** Some rows of a piece, which outlives them. */
  private record Part(Rows whole, int first, int count) implements Rows {
    @Override
    public ByteBuffer numeric() {
      return cut(whole.numeric());
    }

    @Override
    public ByteBuffer categories() {
      return cut(whole.categories());
    }

    @Override
    public ByteBuffer labels() {
      return cut(whole.labels());
    }

    private ByteBuffer cut(ByteBuffer all) {
      int width = all.limit() / Float.BYTES / whole.count();
      return all.slice(first * width * Float.BYTES, count * width * Float.BYTES)
          .order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {}
  }
}
