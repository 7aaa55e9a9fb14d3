package dev.almanac.transforms.storage;

/**
 * What is made of what matches a pattern.
 *
 * @param sources whether markers are left out, folders stand for their files, and what is no file
 *     is a problem; else only files count
 * @param followsLinks whether folders that are links are entered
 */
record MatchRules(boolean sources, boolean followsLinks) {
  static final MatchRules SOURCES = new MatchRules(true, true);

  /** For files of our own. */
  static final MatchRules FILES = new MatchRules(false, true);

  /** For what lies in a folder itself. */
  static final MatchRules BELOW = new MatchRules(false, false);
}
