package dev.almanac.training.run;

import java.util.List;

/**
 * The runs of a folder.
 *
 * @param runs the oldest first
 * @param unreadable those whose record is damaged or of another version
 */
public record RunListing(List<Run> runs, List<Unreadable> unreadable) {
  public RunListing {
    runs = List.copyOf(runs);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * A folder that holds a run which cannot be read.
   *
   * @param reason for a person, with the file
   */
  public record Unreadable(String folder, String reason) {}
}
