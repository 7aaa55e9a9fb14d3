package dev.almanac.pipelines.work.prepare;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.track.Trackers;
import dev.almanac.pipelines.track.lineage.PrepareLineage;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.RequestException;
import java.io.IOException;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes a dataset of a config's source; its manifest's config-hash is the config's.
 *
 * @param since an earlier dataset, by its folder or its name in the config's folder of datasets: of
 *     its source only files that did change are read; null to read every file
 */
public record Prepare(AlmanacConfig config, String since, Engine engine) implements Work<Dataset> {
  /** The sections without which there is no dataset. */
  public static final Set<Part> NEEDS = Set.of(Part.SOURCE, Part.COLUMNS, Part.SPLIT, Part.OUTPUT);

  @Override
  public Dataset run(Watch watch) throws IOException, RequestException {
    Dataset earlier = since == null ? null : Datasets.earlier(config, since);
    return new Trackers(config, watch::line)
        .lineage()
        .tell(
            new PrepareLineage(config),
            () -> new PreparePipeline(config, earlier, engine.options(), watch).run(),
            Function.identity(),
            watch::isCancelled);
  }
}
