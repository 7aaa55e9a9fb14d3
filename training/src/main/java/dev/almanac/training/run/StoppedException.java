package dev.almanac.training.run;

import dev.almanac.transforms.problem.WorkException;

/** A training was asked to stop, and has written its state. */
public final class StoppedException extends WorkException {
  private static final long serialVersionUID = 1L;

  public StoppedException() {
    super("Cannot finish training: it was stopped; `almanac train CONFIG --resume` goes on");
  }
}
