package dev.almanac.transforms.staging;

import dev.almanac.transforms.reject.Reject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The rejected rows of a chunk of the source: counted by reason, kept in a file as far as {@link
 * RejectLog} keeps them, and the end of the work when they alone are more than the limit on rows
 * allows. Not thread-safe.
 */
public final class ChunkRejects implements Consumer<Reject>, AutoCloseable {
  /** Enough for a person to see what is wrong; a chunk with more is read on only if it may be. */
  static final int STOP_AFTER = 1000;

  private static final int FIRST = 5;

  private final String work;
  private final RejectPolicy policy;
  private final RejectLog log;
  private final Map<String, Long> reasons = new TreeMap<>();
  private final List<Reject> first = new ArrayList<>();
  private long rows;

  /**
   * @param work what cannot go on, such as {@code prepare}
   * @param path of the file
   * @param attempt unique to this try
   */
  public ChunkRejects(String work, RejectPolicy policy, String path, String attempt) {
    this.work = work;
    this.policy = policy;
    this.log = new RejectLog(path, attempt);
  }

  /**
   * Counts and keeps a row.
   *
   * @throws DatasetException when there are far too many
   */
  @Override
  public void accept(Reject reject) {
    rows++;
    log.add(reject);
    reasons.merge(reject.reason().text(), 1L, Long::sum);
    if (first.size() < FIRST) {
      first.add(reject);
    }
    if (rows >= STOP_AFTER) {
      policy.checkAtLeast(work, rows, first);
    }
  }

  /**
   * Gives the file its name.
   *
   * @param read rows of the chunk, those rejected among them
   * @throws DatasetException when the chunk alone has more rejected rows than may be
   */
  public void finish(long read) throws IOException {
    policy.checkRows(work, rows, read, first);
    log.finish();
  }

  public long rows() {
    return rows;
  }

  /** Rows by reason. */
  public Map<String, Long> reasons() {
    return reasons;
  }

  /** A few of them. */
  public List<Reject> first() {
    return first;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
