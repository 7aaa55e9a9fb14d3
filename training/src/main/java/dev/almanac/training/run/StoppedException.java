package dev.almanac.training.run;

/** A training was asked to stop, and has written its state. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("Cannot finish training: it was stopped; `almanac train CONFIG --resume` goes on");
  }
}
