package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.config.yaml.PlacedProblem;
import dev.almanac.pipelines.config.yaml.Places;
import dev.almanac.training.config.AutoSpace;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.config.TrainPlan;
import dev.almanac.training.objective.Task;
import dev.almanac.training.search.sample.Points;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.space.SearchSpaceReader;
import dev.almanac.training.search.trial.Given;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.staging.RejectPolicy;
import dev.almanac.transforms.staging.UnknownClassPolicy;
import dev.almanac.transforms.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole config, checked, with every default filled in and every path absolute.
 *
 * <p>A section that is absent is null, but a command that named it as needed never sees that.
 *
 * @param places where each key was written
 * @param canonical every key with its value or default, in a fixed order, paths as they were
 *     written: two configs that mean the same are the same text wherever they lie
 */
public record AlmanacConfig(
    Places places,
    String name,
    DatasetConfig dataset,
    PredictConfig predict,
    TrainingConfig training,
    SearchConfig search,
    TrackConfig track,
    ObjectNode canonical) {

  /** What the bytes of a dataset depend on, beside the source files and the code. */
  static final List<String> DATASET_KEYS =
      List.of("source", "schema", "columns", "features", "split", "fit", "output");

  /** The file that it was read from. */
  public String file() {
    return places.file();
  }

  public SourceConfig source() {
    return dataset.source();
  }

  /** The schema file to enforce, which may not exist yet; null to infer and keep none. */
  public String schema() {
    return dataset.schema();
  }

  /** What each column is to a model, the label of the kind that {@code train.task} says. */
  public ModelColumns columns() {
    return dataset.columns();
  }

  /** The row-wise steps, in the order in which they run; may be none. */
  public List<RowFeature> features() {
    return dataset.features().steps();
  }

  /** The largest share of a step's cells that it may make missing though they were there. */
  public double maxUnreadable() {
    return dataset.features().maxUnreadable();
  }

  public DateSplit split() {
    return dataset.split();
  }

  public FitSteps fit() {
    return dataset.fit();
  }

  public OutputConfig output() {
    return dataset.output();
  }

  /** How many rows may be rejected. */
  public RejectPolicy rejects() {
    return dataset.rows().rejects();
  }

  /** What becomes of validation and test rows of a class that train has not. */
  public UnknownClassPolicy unknownClasses() {
    return dataset.rows().unknownClasses();
  }

  /** How to train, before a dataset has settled what is left open. */
  public TrainConfig train() {
    return training.plan() == null ? null : training.plan().usual();
  }

  /** How to train, and what a dataset is to settle; null when the section is absent. */
  public TrainPlan plan() {
    return training.plan();
  }

  /** The folder of runs. */
  public String runs() {
    return training.runs();
  }

  /** How many runs a training makes, each with the next seed; a search makes one a trial. */
  public int repeats() {
    return training.repeats();
  }

  /** The names of environment variables whose values a run's record keeps. */
  public List<String> environment() {
    return training.environment();
  }

  /** What the label is: {@code train.task}, or a number when nothing is trained. */
  public Task task() {
    return train() == null ? Task.REGRESSION : train().task();
  }

  /**
   * What is to be learned from rows of such columns.
   *
   * @param source the columns of the source files
   * @param problems takes all that is wrong
   * @return empty when there is a problem
   */
  public Optional<FitPlan> plan(List<SourceColumn> source, Problems problems) {
    return FitPlan.plan(source, features(), columns(), fit(), split().column(), problems);
  }

  /** The space of a search as the config has it. */
  public JsonNode searchSpace() {
    return canonical.path("search").path("space");
  }

  /** Studies and runs whose trials a search takes over. */
  public List<String> takeOver() {
    List<String> names = new ArrayList<>();
    canonical.path("search").path(SearchConfig.TAKE_OVER).forEach(name -> names.add(name.asText()));
    return names;
  }

  /**
   * Values to be tried before a sampler is asked: those that the config gives, then those of a
   * space that is auto.
   */
  public List<Given> searchPoints() {
    SearchSpace space = search().space();
    SearchPoints written =
        new SearchPoints(new Points(space, search().seed()), new ConfigValues(canonical)::at);
    List<Given> points =
        new ArrayList<>(written.read(canonical.path("search").path(SearchPoints.KEY)));
    AutoSpace auto = new AutoSpace(plan(), search().metric());
    ObjectNode varied = searchSpace().deepCopy();
    varied.remove(SearchSpaceReader.RULES);
    if (auto.space().equals(varied)) {
      auto.points().stream()
          .filter(space::allows)
          .forEach(values -> points.add(Given.of("default", values)));
    }
    return points;
  }

  /**
   * Problems for a person, each with the line on which its key was written, in the file's order.
   */
  public List<String> placed(Problems problems) {
    return places.placed(dataset.features().placed(problems.all())).stream()
        .map(PlacedProblem::toString)
        .toList();
  }

  /**
   * The folder of studies: beside that of runs, or in it when that is a whole bucket or the
   * config's folder.
   */
  public String studies() {
    String runs = runs();
    boolean isWhole = runs.endsWith("/") || runs.matches("[A-Za-z][A-Za-z0-9+.-]+://[^/]*");
    return isWhole
        ? Storage.resolve(runs, "studies")
        : runs.substring(0, runs.lastIndexOf('/') + 1) + "studies";
  }

  /** Lower-case hexadecimal SHA-256 of the parts that a dataset's bytes depend on. */
  public String datasetHash() {
    ObjectNode parts = JsonNodeFactory.instance.objectNode();
    for (String key : DATASET_KEYS) {
      JsonNode part = canonical.get(key);
      if (part != null) {
        parts.set(key, part.deepCopy());
      }
    }
    drop(parts, "output", "dataset", "keep-source");
    FeaturesConfig.keepSteps(parts);
    parts.put("label", task().text());
    return Json.sha256(parts);
  }

  /**
   * Lower-case hexadecimal SHA-256 of the parts that the rows read from a source file depend on,
   * and the statistics of those in train.
   */
  public String sourceHash() {
    ObjectNode parts = canonical.deepCopy();
    parts.retain(List.of("source", "columns", "features", "split", "fit"));
    drop(parts, "source", "files");
    FeaturesConfig.keepSteps(parts);
    parts.put("label", task().text());
    return Json.sha256(parts);
  }

  /** Lower-case hexadecimal SHA-256 of all that a trial depends on, the search itself apart. */
  public String trialHash() {
    ObjectNode parts = canonical.deepCopy();
    parts.remove(List.of("search", "name", "predict", "track"));
    FeaturesConfig.keepSteps(parts);
    drop(parts, "output", "dataset", "keep-source");
    drop(parts, "train", "runs", "repeats", "threads", "environment");
    return Json.sha256(parts);
  }

  /** Leaves keys out of a section that may be there. */
  private static void drop(ObjectNode parts, String section, String... keys) {
    if (parts.has(section)) {
      ((ObjectNode) parts.get(section)).remove(List.of(keys));
    }
  }
}
