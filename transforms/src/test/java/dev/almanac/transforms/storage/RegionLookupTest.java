package dev.almanac.transforms.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegionLookupTest {
  private static final String OFF = "aws.disableEc2Metadata";

  private final RegionLookup lookup = new RegionLookup();

  /** What the switch was each time options were made. */
  private final List<String> made = new ArrayList<>();

  @BeforeEach
  void undecided() {
    assumeTrue(System.getenv("AWS_EC2_METADATA_DISABLED") == null);
    System.clearProperty(OFF);
  }

  @AfterEach
  void reset() {
    System.clearProperty(OFF);
    RegionLookup.setUp(PipelineOptionsFactory::create, true);
  }

  @Test
  void nobodyIsAskedBeforeTheFirstPathInS3() {
    lookup.decide(this::options, false);
    lookup.reach("/data/a.csv");
    lookup.reach("gs://bucket/a.csv");
    assertEquals(List.of("true"), made);
    lookup.reach("s3://bucket/a.csv");
    lookup.reach("s3://bucket/b.csv");
    assertEquals(2, made.size());
    assertNull(made.get(1));
    assertNull(System.getProperty(OFF));
  }

  @Test
  void aPathInSightIsReasonEnoughToAsk() {
    lookup.decide(this::options, false);
    lookup.decide(this::options, true);
    assertNull(made.get(1));
    assertNull(System.getProperty(OFF));
  }

  @Test
  void whatTheUserDecidedStays() {
    System.setProperty(OFF, "false");
    lookup.decide(this::options, false);
    lookup.reach("s3://bucket/a.csv");
    assertEquals(List.of("false"), made);
    assertEquals("false", System.getProperty(OFF));
  }

  @Test
  void workWithoutS3PutsItOffAgainAndTheNextPathInS3LooksAgain() {
    lookup.decide(this::options, true);
    lookup.decide(this::options, false);
    assertEquals("true", made.get(1));
    lookup.reach("s3://bucket/a.csv");
    assertNull(made.get(2));
    assertNull(System.getProperty(OFF));
  }

  private PipelineOptions options() {
    made.add(System.getProperty(OFF));
    return PipelineOptionsFactory.create();
  }
}
