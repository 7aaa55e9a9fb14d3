package dev.almanac.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * The runs that a run is one of.
 *
 * @param group which of several repeats it is; null for a run of its own
 * @param trial of a search that made it; null when none did
 */
public record RunSeries(Group group, Origin trial) {
  /** Of none. */
  public static final RunSeries ALONE = new RunSeries(null, null);

  /**
   * A place among the runs that differ in their seeds alone.
   *
   * @param id the same for all of them
   * @param number from 1
   * @param size how many were asked for
   */
  public record Group(String id, int number, int size) {}

  /**
   * The trial of a search that made a run.
   *
   * @param study the study's name
   * @param number of the trial, from 0
   * @param assignment the value of each config path that the trial set
   */
  public record Origin(String study, int number, Map<String, JsonNode> assignment) {
    public Origin {
      assignment = RunRecord.ordered(assignment);
    }
  }
}
