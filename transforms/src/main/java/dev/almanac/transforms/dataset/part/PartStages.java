package dev.almanac.transforms.dataset.part;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * The last two stages of making a dataset: each planned file is written, then all are committed.
 */
public interface PartStages extends Serializable {
  /** Writes one file; trying again writes the same. */
  WrittenPart write(PartPlan part) throws IOException;

  /** Commits the files as a dataset and returns its folder; trying again changes nothing. */
  String commit(List<WrittenPart> parts) throws IOException;
}
