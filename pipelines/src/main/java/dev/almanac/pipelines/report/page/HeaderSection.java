package dev.almanac.pipelines.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.run.RunRecord;
import dev.almanac.transforms.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Which run this is: its name, when and where it ran, on what. */
public final class HeaderSection {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int SHORT_HASH = 12;

  private HeaderSection() {}

  /** What the work is called: the config's name, else the dataset's. */
  public static String name(ReportSource source) {
    return source.config("name").asText(source.record().dataset().name());
  }

  public static void write(Page page, ReportSource source) {
    RunRecord record = source.record();
    Html html = page.html();
    html.open("header").open("div", "class", "title");
    html.open("div").element("p", "Almanac run report", "class", "kicker");
    html.element("h1", name(source));
    html.open("p", "class", "subtitle")
        .text("%s of ".formatted(task(record)))
        .element("strong", record.columns().label().column())
        .text(" · run ")
        .element("code", record.runId())
        .close();
    html.close();
    String status = record.status().text();
    html.element("span", status, "class", "status " + status);
    html.close();
    if (record.reason() != null) {
      html.element("p", "It failed: " + record.reason(), "class", "failure");
    }
    facts(html, record);
    html.close();
  }

  private static String task(RunRecord record) {
    return switch (record.train().task()) {
      case REGRESSION -> "Regression";
      case BINARY -> "Binary classification";
      case MULTICLASS -> "Multiclass classification";
    };
  }

  private static void facts(Html html, RunRecord record) {
    html.open("dl", "class", "facts");
    fact(html, "Started", WHEN.format(Instant.parse(record.created())), null);
    fact(html, "Took", took(record), null);
    fact(html, "Model", model(record), null);
    fact(html, "Device", device(record), null);
    String dataset = record.dataset().path();
    fact(html, "Dataset", Storage.name(dataset), dataset);
    fact(html, "Dataset hash", brief(record.dataset().hash()), record.dataset().hash());
    fact(
        html,
        "Transform hash",
        brief(record.dataset().transformHash()),
        record.dataset().transformHash());
    String commit = record.code().almanac().commit();
    fact(html, "Code", commit == null ? "not known" : "commit " + brief(commit), commit);
    html.close();
  }

  private static void fact(Html html, String name, String value, String whole) {
    html.open("div").element("dt", name);
    if (whole == null) {
      html.element("dd", value);
    } else {
      html.open("dd").element("code", value, "title", whole).close();
    }
    html.close();
  }

  private static String device(RunRecord record) {
    return "%s, %s %s"
        .formatted(record.device(), record.threads(), record.threads() == 1 ? "thread" : "threads");
  }

  private static String took(RunRecord record) {
    if (record.finished() == null) {
      return "not finished";
    }
    Duration all =
        Duration.between(Instant.parse(record.created()), Instant.parse(record.finished()));
    String whole = Digits.duration(all.toMillis() / 1000.0);
    return record.result() == null
        ? whole
        : "%s, %s rows/s in training"
            .formatted(whole, Digits.count(Math.round(record.result().speed().rowsPerSecond())));
  }

  private static String model(RunRecord record) {
    if (record.isEnsemble()) {
      return "the mean of %s models, %s weights"
          .formatted(record.recipe().members().size(), Digits.count(record.parameters()));
    }
    JsonNode hidden = record.train().model().chosen().path("hidden");
    StringBuilder layers = new StringBuilder(record.train().model().family());
    for (int i = 0; i < hidden.size(); i++) {
      layers.append(i == 0 ? " " : "-").append(hidden.get(i).asText());
    }
    return "%s, %s weights".formatted(layers, Digits.count(record.parameters()));
  }

  private static String brief(String hash) {
    return hash == null ? "not known" : hash.substring(0, Math.min(SHORT_HASH, hash.length()));
  }
}
