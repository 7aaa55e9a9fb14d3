package dev.almanac.pipelines.work;

import java.util.ArrayList;
import java.util.List;

/** The wish that a piece of work should end; once there it stays. Thread-safe. */
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean asked;

  /** Asks for it; work that is cancelled already stays so. */
  public void cancel() {
    List<Runnable> now;
    synchronized (this) {
      asked = true;
      now = List.copyOf(actions);
      actions.clear();
    }
    now.forEach(Runnable::run);
  }

  public synchronized boolean isAsked() {
    return asked;
  }

  /** Ends the work here when it is cancelled. */
  public void check() {
    if (isAsked()) {
      throw new CancelledException();
    }
  }

  /**
   * Has something done on the thread that cancels; here and now when it is cancelled already.
   *
   * @return what closing takes back, as far as it has not been done
   */
  public Handle onCancel(Runnable action) {
    synchronized (this) {
      if (!asked) {
        actions.add(action);
        return () -> remove(action);
      }
    }
    action.run();
    return () -> {};
  }

  private synchronized void remove(Runnable action) {
    actions.remove(action);
  }

  /** What is to be done when work is cancelled. */
  @FunctionalInterface
  public interface Handle extends AutoCloseable {
    @Override
    void close();
  }
}
