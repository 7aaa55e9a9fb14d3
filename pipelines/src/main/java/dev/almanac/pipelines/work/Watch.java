package dev.almanac.pipelines.work;

import dev.almanac.transforms.manifest.Dataset;

/** Who watches a piece of work: hears how far it is, and may end it. Thread-safe. */
public record Watch(Progress progress, Cancellation cancellation) implements Progress {
  /** Nobody hears, and nobody ends it. */
  public static Watch nobody() {
    return of(Progress.NONE);
  }

  /** One who hears and does not end it. */
  public static Watch of(Progress progress) {
    return new Watch(progress, new Cancellation());
  }

  @Override
  public void line(String text) {
    progress.line(text);
  }

  @Override
  public void step(String what, long done, long total, String unit, String note) {
    progress.step(what, done, total, unit, note);
  }

  @Override
  public void made(Dataset dataset) {
    progress.made(dataset);
  }

  public boolean isCancelled() {
    return cancellation.isAsked();
  }

  /** Ends the work here when it is cancelled. */
  public void check() {
    cancellation.check();
  }
}
