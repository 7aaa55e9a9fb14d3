package dev.almanac.pipelines.work.cluster;

import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.PipelineRun;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.transforms.problem.RequestException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;

/** Segments that are trained as the elements of one pipeline. */
final class Generation {
  /** What the launcher sets for whatever trains. */
  private static final List<String> ENVIRONMENT =
      List.of(
          "MALLOC_ARENA_MAX",
          "MALLOC_MMAP_THRESHOLD_",
          "MALLOC_TRIM_THRESHOLD_",
          "MALLOC_TOP_PAD_",
          "OMP_WAIT_POLICY",
          "OPT_OUT_TRACKING");

  private static final String REMEDY =
      "keep runs and datasets where all machines read and write, such as s3:// or a shared disk";

  private final Engine engine;
  private final EngineWorkers.Setting setting;
  private final Desk desk;

  /** By run: those that are not answered yet. */
  private final Map<String, Asked> open = new LinkedHashMap<>();

  Generation(Engine engine, EngineWorkers.Setting setting, Desk desk, List<Asked> asked) {
    this.engine = engine;
    this.setting = setting;
    this.desk = desk;
    asked.forEach(one -> open.put(one.run(), one));
  }

  /**
   * Trains them and answers each as soon as it has ended.
   *
   * @throws RequestException when the engine's machines do not reach what they are to work on
   */
  void train(Watch watch) throws IOException, RequestException {
    List<KV<Integer, String>> lines = new ArrayList<>();
    for (Asked asked : open.values()) {
      lines.add(KV.of(lines.size() + 1, asked.request().line()));
    }
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().retainAll(ENVIRONMENT);
    Pipeline pipeline = Pipeline.create(engine.options());
    pipeline
        .apply(
            "Create",
            Create.of(lines).withCoder(KvCoder.of(VarIntCoder.of(), StringUtf8Coder.of())))
        .apply("Spread", Reshuffle.of())
        .apply(
            "Train",
            ParDo.of(new TrainSegment(setting.program(), environment, desk, setting.runs())));
    PipelineRun.of(pipeline, watch, null, progress -> hear());
    List<String> unreached = hear();
    if (!unreached.isEmpty()) {
      throw new RequestException(
          "Cannot train on %s: there is no %s; %s"
              .formatted(engine.runner(), unreached.get(0), REMEDY));
    }
    if (!open.isEmpty()) {
      throw new RequestException(
          "Cannot train on %s: its machines do not see %s, which is of this search; %s"
              .formatted(engine.runner(), desk.place(), REMEDY));
    }
  }

  /**
   * Answers those whose segments have ended.
   *
   * @return what machines did not reach that one of them needs
   */
  private synchronized List<String> hear() throws IOException {
    List<String> unreached = new ArrayList<>();
    desk.ends()
        .forEach(
            (run, end) -> {
              if (end.unreached() != null) {
                unreached.add(end.unreached());
              } else if (open.containsKey(run)) {
                open.remove(run).end().complete(end);
              }
            });
    return unreached;
  }
}
