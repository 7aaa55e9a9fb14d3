package dev.almanac.transforms.dataset;

import dev.almanac.transforms.dataset.part.PartPlan;
import dev.almanac.transforms.dataset.part.PartStages;
import dev.almanac.transforms.dataset.part.WrittenPart;
import dev.almanac.transforms.staging.ChunkSummary;
import dev.almanac.transforms.staging.DatasetJob;
import java.io.IOException;
import java.util.List;

/**
 * The stages of a dataset after its source was read: fit and plan, write, commit.
 *
 * <p>Every stage may be tried again, in any process: it ends in the same files.
 */
public record DatasetStages(DatasetJob job) implements PartStages {
  /** The second stage: learns the transform and says which rows make which file. */
  public List<PartPlan> plan(List<ChunkSummary> summaries) throws IOException {
    return new DatasetPlanner(job).plan(summaries);
  }

  @Override
  public WrittenPart write(PartPlan part) throws IOException {
    return PartWriter.write(job, part);
  }

  @Override
  public String commit(List<WrittenPart> parts) throws IOException {
    DatasetCommit.commit(job.staging(), job.identity(), job.layout(), parts);
    return job.staging().dataset();
  }
}
