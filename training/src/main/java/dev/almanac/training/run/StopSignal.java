package dev.almanac.training.run;

/** Whether a training should stop at its next step; asked on the thread that trains. */
@FunctionalInterface
public interface StopSignal {
  /** Nobody asks. */
  StopSignal NONE = () -> false;

  boolean isAsked();
}
