package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.almanac.pipelines.S3Server;
import dev.almanac.transforms.storage.RegionLookup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S3 without what it needs: said at once, in one line, with what to set. */
class S3CasesTest {
  /** The AWS SDK's own switch: no metadata service is asked. */
  private static final String NO_METADATA = "aws.disableEc2Metadata";

  private static final String KEYS =
      "--awsCredentialsProvider={\"@type\":\"StaticCredentialsProvider\",\"accessKeyId\":\"a\",\"secretAccessKey\":\"b\"}";

  @TempDir Path folder;

  private S3Server server;
  private CaseFolder files;

  @BeforeEach
  void nothingIsSet() throws IOException {
    for (String name : List.of("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_PROFILE")) {
      assumeTrue(System.getenv(name) == null, name);
    }
    assumeTrue(!Path.of(System.getProperty("user.home"), ".aws").toFile().exists());
    System.setProperty(NO_METADATA, "true");
    server = new S3Server(folder.resolve("s3"), "bucket");
    files = CaseFolder.in(folder.resolve("config"));
    files.write("a.csv", "date,x,y\n2020-01-01,1,2\n");
    files.write(
        "c.yaml",
        """
        name: remote
        source: {files: ["s3://bucket/raw/*.csv"]}
        columns: {label: y, numeric: [x]}
        split:
          column: date
          train: {until: 2020-09-01}
          validation: {from: 2020-09-01, until: 2020-11-01}
          test: {from: 2020-11-01}
        output: {dataset: ds}
        """);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    System.clearProperty(NO_METADATA);
    RegionLookup.setUp(PipelineOptionsFactory::create, true);
  }

  private String refused(List<String> options, String... set) {
    List<String> arguments = new ArrayList<>(List.of("prepare", "c.yaml"));
    for (String value : set) {
      arguments.addAll(List.of("--set", value));
    }
    String error =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> files.run(arguments, options).error(1));
    assertEquals(1, error.lines().count(), error);
    assertTrue(!error.contains("in a row"), error);
    return error;
  }

  @Test
  void withoutARegionItIsSaidWhatToSet() {
    String error = refused(List.of("--endpoint=http://127.0.0.1:" + server.port(), KEYS));
    assertTrue(
        error.startsWith(
            "Cannot list s3://bucket/raw/*.csv: no region is known for S3; say which by `-- --awsRegion=eu-west-1`"),
        error);
    error =
        refused(
            List.of("--endpoint=http://127.0.0.1:" + server.port(), KEYS),
            "source.files=[a.csv]",
            "output.dataset=s3://bucket/ds");
    assertTrue(error.contains("no region is known for S3"), error);
  }

  @Test
  void withoutCredentialsItIsSaidWhatToSet() {
    String error =
        refused(List.of("--awsRegion=us-east-1", "--endpoint=http://127.0.0.1:" + server.port()));
    assertTrue(
        error.startsWith(
            "Cannot list s3://bucket/raw/*.csv: no credentials are known for S3; set AWS_ACCESS_KEY_ID"),
        error);
  }

  @Test
  void credentialsThatAreNotTakenAreSaidToBe() {
    String error =
        refused(
            List.of("--awsRegion=us-east-1", "--endpoint=http://127.0.0.1:" + server.port(), KEYS));
    assertTrue(error.contains("Status Code: 403"), error);
    assertTrue(error.contains("; the credentials do not allow it"), error);
  }

  @Test
  void aBucketThatIsNotThereIsNamed() {
    String error = refused(server.beamOptions(), "source.files=[\"s3://another/raw/*.csv\"]");
    assertTrue(error.startsWith("Cannot list s3://another/raw/*.csv: "), error);
    assertTrue(error.endsWith("; correct the bucket's name"), error);
    error =
        refused(
            server.beamOptions(), "source.files=[a.csv]", "output.dataset=s3://another/datasets");
    assertTrue(error.endsWith("; correct the bucket's name"), error);
  }
}
