package dev.almanac.pipelines.track.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunFacetsBuilder;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;

/**
 * An event of one piece of work.
 *
 * @param run of OpenLineage
 * @param job such as {@code my-config.train}
 * @param what prepare, train or predict
 */
record Event(UUID run, String job, String what) {
  /** Where the jobs are; OpenLineage's own clients ask the same variable. */
  private static final String NAMESPACE = "OPENLINEAGE_NAMESPACE";

  private static final URI PRODUCER = URI.create("urn:dev.almanac:almanac");

  private static final ObjectWriter LINES =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build()
          .writer();

  /** What datasets are said with. */
  static Facets facets() {
    return new Facets(new OpenLineage(PRODUCER));
  }

  /**
   * The event as a line of JSON.
   *
   * @param reason why it failed; null when it did not
   * @param data that is read and made
   */
  String line(RunEvent.EventType type, Instant at, String reason, Data data) {
    OpenLineage model = new OpenLineage(PRODUCER);
    RunFacetsBuilder facets = model.newRunFacetsBuilder();
    if (reason != null) {
      facets.errorMessage(model.newErrorMessageRunFacet(reason, "JAVA", null));
    }
    String namespace = System.getenv().getOrDefault(NAMESPACE, "almanac");
    RunEvent event =
        model
            .newRunEventBuilder()
            .eventType(type)
            .eventTime(at.atZone(ZoneOffset.UTC))
            .run(model.newRun(run, facets.build()))
            .job(
                model
                    .newJobBuilder()
                    .namespace(namespace)
                    .name(job)
                    .facets(
                        model
                            .newJobFacetsBuilder()
                            .jobType(
                                model
                                    .newJobTypeJobFacetBuilder()
                                    .processingType("BATCH")
                                    .integration("ALMANAC")
                                    .jobType(what.toUpperCase(Locale.ROOT))
                                    .build())
                            .build())
                    .build())
            .inputs(data.inputs())
            .outputs(data.outputs())
            .build();
    try {
      return LINES.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
