package dev.almanac.pipelines.report.page;

import dev.almanac.training.run.RunMachine;
import dev.almanac.training.run.RunRecord;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.DatasetManifest;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** What it takes to make the run again: data, code, versions and config, all exact. */
public final class OriginSection {
  /** The longest value that fits in half a line. */
  private static final int SHORT = 44;

  private OriginSection() {}

  public static void write(Page page, ReportSource source) {
    RunRecord record = source.record();
    page.section(
        "origin",
        "What it was made from",
        "",
        () -> {
          Html html = page.html();
          html.open("dl", "class", "origin");
          item(html, "dataset", record.dataset().path());
          item(html, "dataset hash", record.dataset().hash());
          item(html, "transform hash", record.dataset().transformHash());
          dataset(html, source.dataset());
          item(html, "run folder", source.run().folder());
          RunMachine.Versions versions = record.versions();
          item(html, "almanac", versions.almanac());
          item(html, "almanac's code", record.code().almanac().toString());
          item(html, "the config's code", record.code().config().toString());
          item(html, "java", versions.java());
          item(html, "djl", versions.djl());
          item(html, "pytorch", versions.pytorch());
          item(html, "system", versions.os());
          item(html, "seed", Long.toString(record.train().seed()));
          html.close();
          if (record.config() != null) {
            page.fold("The config", inside -> inside.element("pre", yaml(record.config())));
          }
          page.fold(
              "The training settings, defaults filled in",
              inside -> inside.element("pre", yaml(Json.mapper().valueToTree(record.train()))));
        });
  }

  private static void dataset(Html html, DatasetManifest dataset) {
    if (dataset == null) {
      return;
    }
    item(html, "dataset made", dataset.made().created());
    item(html, "dataset config hash", dataset.hashes().config());
    item(html, "schema hash", dataset.hashes().schema());
    if (dataset.made().by() != null) {
      item(html, "dataset runner", dataset.made().by().runner());
    }
  }

  private static void item(Html html, String name, String value) {
    if (value != null) {
      html.open("div", "class", value.length() > SHORT ? "whole" : "part")
          .element("dt", name)
          .open("dd")
          .element("code", value)
          .close()
          .close();
    }
  }

  private static String yaml(Object tree) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.AUTO).setWidth(100).build();
    return new Dump(settings).dumpToString(Json.mapper().convertValue(tree, Object.class));
  }
}
