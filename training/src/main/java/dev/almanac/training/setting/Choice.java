package dev.almanac.training.setting;

import java.util.List;

/** A word that a config may choose, and what more may be chosen then. */
public interface Choice {
  /** The word. */
  String name();

  /** What is asked beside it, in the order in which it is written. */
  List<Setting> settings();
}
