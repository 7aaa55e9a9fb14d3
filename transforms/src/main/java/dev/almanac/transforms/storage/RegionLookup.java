package dev.almanac.transforms.storage;

import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Decides when Amazon's metadata service is asked for the S3 region.
 *
 * <p>Unless a region is configured, Beam asks as soon as its file systems are set up, which takes
 * most of a second where there is no such service. Here it is asked at the first {@code s3://}
 * path. Thread-safe.
 */
public final class RegionLookup {
  /** The AWS SDK's own switch. */
  private static final String OFF = "aws.disableEc2Metadata";

  private static final String OFF_VARIABLE = "AWS_EC2_METADATA_DISABLED";

  /** Beam's file systems are the process's, and so is what they may look up. */
  private static final RegionLookup PROCESS = new RegionLookup();

  private Callable<PipelineOptions> later;

  RegionLookup() {}

  /**
   * Sets Beam's file systems up for work that may use S3 or not. Work that does not puts the lookup
   * off once more, since it would pay for it; other work of the process that does then looks again
   * at its next path.
   *
   * @param options made anew at each call
   * @param soon whether a path in S3 is in sight
   * @return the options
   */
  public static <E extends Exception> PipelineOptions setUp(Options<E> options, boolean soon)
      throws E {
    return PROCESS.decide(options, soon);
  }

  synchronized <E extends Exception> PipelineOptions decide(Options<E> options, boolean soon)
      throws E {
    if (soon) {
      switchOn();
    } else if (later != null
        || System.getProperty(OFF) == null && System.getenv(OFF_VARIABLE) == null) {
      // Engines set file systems up again; it stays off until it is needed.
      System.setProperty(OFF, "true");
      later = options::make;
    }
    PipelineOptions made = options.make();
    FileSystems.setDefaultPipelineOptions(made);
    return made;
  }

  private void switchOn() {
    if (later != null) {
      System.clearProperty(OFF);
      later = null;
    }
  }

  /** Makes Beam's options. */
  @FunctionalInterface
  public interface Options<E extends Exception> {
    PipelineOptions make() throws E;
  }

  /** Looks the region up if that was put off. */
  static void before(String path) {
    PROCESS.reach(path);
  }

  synchronized void reach(String path) {
    if (later != null && path.startsWith("s3://")) {
      Callable<PipelineOptions> options = later;
      switchOn();
      try {
        FileSystems.setDefaultPipelineOptions(options.call());
      } catch (Exception e) {
        throw new IllegalStateException("Cannot set file systems up for " + path, e);
      }
    }
  }
}
