package dev.almanac.training.search.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * How long a trial trains at most, and what its training is counted in.
 *
 * @param path of the config that says how many epochs, and may be searched itself
 * @param usual epochs when a trial does not set it
 * @param rowGroups of an epoch, when training is counted in them; null when it is in epochs
 */
public record Epochs(String path, int usual, Integer rowGroups) {
  public Epochs {
    if (usual < 1 || rowGroups != null && rowGroups < 1) {
      throw new IllegalArgumentException(
          "Cannot train trials: they have at least 1 epoch, of at least 1 row group (%s, %s)"
              .formatted(usual, rowGroups));
    }
  }

  /** Of trials whose training is counted in epochs. */
  public Epochs(String path, int usual) {
    this(path, usual, null);
  }

  public Resource resource() {
    return rowGroups == null ? Resource.EPOCHS : Resource.ROW_GROUPS;
  }

  /** The most that a trial with these values trains, in the resource. */
  public int of(Map<String, JsonNode> assignment) {
    JsonNode value = assignment.get(path);
    return ended(value == null ? usual : value.intValue());
  }

  /** The most that a trial trains which does not set it, in the resource. */
  public int most() {
    return ended(usual);
  }

  /** How much of the resource has gone when so many epochs have ended. */
  public int ended(int epochs) {
    return (int) Math.min(Integer.MAX_VALUE - 1L, (long) epochs * each());
  }

  /** How much of the resource an epoch has. */
  public int each() {
    return rowGroups == null ? 1 : rowGroups;
  }
}
