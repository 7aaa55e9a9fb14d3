package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.config.shape.Asked;
import dev.almanac.pipelines.config.shape.Plain;
import dev.almanac.pipelines.config.yaml.ConfigException;
import dev.almanac.pipelines.config.yaml.ConfigTree;
import dev.almanac.pipelines.config.yaml.Overrides;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.config.yaml.Paths;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.pipelines.config.yaml.YamlReader;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.config.TrainForm;
import dev.almanac.training.config.TrainPlan;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.training.objective.Task;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.text.NumberForm;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.staging.RejectPolicy;
import dev.almanac.transforms.storage.Storage;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a config file and reports everything that is wrong with it at once.
 *
 * <p>Relative paths are those of the config's own folder; remote ones are left as they are. Nothing
 * in a config stands for anything else: no environment variables, no home folder.
 */
public final class ConfigReader {
  private ConfigReader() {}

  /**
   * Reads a config.
   *
   * @param file local or remote
   * @param overrides {@code path=value}, each applied to the file's tree in turn, values in YAML
   * @param needs the sections without which the caller cannot do its work
   * @throws ConfigException with every problem
   */
  public static AlmanacConfig read(String file, List<String> overrides, Set<Part> needs)
      throws ConfigException, IOException {
    return read(file, file, overrides, needs);
  }

  /**
   * The same of a config whose text is a copy elsewhere.
   *
   * @param file where it lies, to which its relative paths belong
   * @param copy of the text, local or remote
   */
  public static AlmanacConfig read(
      String file, String copy, List<String> overrides, Set<Part> needs)
      throws ConfigException, IOException {
    ConfigTree tree = ConfigTree.empty(file);
    Problems problems = new Problems();
    try {
      YamlReader.readInto(tree, Storage.readText(copy), problems);
    } catch (FileNotFoundException e) {
      problems.add(
          new File(file).isDirectory()
              ? "is a folder; name the config file in it"
              : "there is no such file");
    } catch (CharacterCodingException e) {
      problems.add("is not a text in UTF-8; save it so");
    }
    return checked(tree, overrides, problems, needs);
  }

  /**
   * Reads a config's text as if it lay in a file.
   *
   * @throws ConfigException with every problem
   */
  public static AlmanacConfig parse(String file, String text, Set<Part> needs)
      throws ConfigException {
    ConfigTree tree = ConfigTree.empty(file);
    Problems problems = new Problems();
    YamlReader.readInto(tree, text, problems);
    return checked(tree, List.of(), problems, needs);
  }

  private static AlmanacConfig checked(
      ConfigTree tree, List<String> overrides, Problems problems, Set<Part> needs)
      throws ConfigException {
    // A text that cannot be read would only seem to lack all its keys.
    tree.raise(problems);
    leaveModelOpen(tree);
    for (String override : overrides) {
      Overrides.set(tree, override, problems);
    }
    AlmanacConfig config = read(tree, problems, needs, null);
    tree.raise(problems);
    return config;
  }

  /** A file that says nothing of a model leaves it to the dataset, whatever is set beside. */
  private static void leaveModelOpen(ConfigTree tree) {
    if (tree.root().get("train") instanceof ObjectNode train && !train.hasNonNull("model")) {
      train.putObject("model").put(ModelFamilies.ALL.key(), ModelFamilies.AUTO);
    }
  }

  /**
   * Tells every key that this tree is asked for, whatever is wrong with it. Of a key that is told
   * more than once the first counts.
   */
  public static void listen(ConfigTree tree, Consumer<Asked> listener) {
    read(tree, new Problems(), Set.of(), listener);
  }

  /**
   * @param listener null when nobody listens
   */
  private static AlmanacConfig read(
      ConfigTree tree, Problems problems, Set<Part> needs, Consumer<Asked> listener) {
    Section root = Section.root(tree, problems, listener);
    root.ask("name", Plain.ofText(), null);
    Paths paths = Paths.of(tree.places().file());
    String name = root.text("name", nameOf(tree.places().file()));
    for (Part part : Part.values()) {
      if (!root.has(part.key()) && needs.contains(part)) {
        root.problem(part.key(), "is missing: this command needs the section");
      }
    }
    SourceConfig source =
        root.hasSection("source") ? SourceConfig.read(root.section("source"), paths) : null;
    String schema = paths.resolve(root.text("schema", null));
    ColumnsReader columns =
        root.hasSection("columns")
            ? ColumnsReader.read(root.section("columns"))
            : ColumnsReader.NONE;
    FeaturesConfig features =
        FeaturesConfig.read(root, source == null ? NumberForm.STANDARD : source.format().numbers());
    DateSplit split = root.hasSection("split") ? SplitReader.read(root.section("split")) : null;
    FitSteps fit = FitReader.read(root);
    OutputConfig output =
        root.hasSection("output") ? OutputConfig.read(root.section("output"), paths) : null;
    RejectPolicy rejects = RejectsReader.read(root.section("rejects"));
    PredictConfig predict = PredictConfig.read(root.section("predict"));
    String runs = "runs";
    int repeats = 1;
    List<String> environment = List.of();
    TrainPlan plan = null;
    TrainConfig train = null;
    if (root.hasSection("train")) {
      Section section = root.section("train");
      runs = section.text("runs", runs).replaceAll("(?<=[^/])/+$", "");
      repeats = section.integer("repeats", repeats, 1, 1_000);
      environment = environment(section);
      plan = section.rest(TrainPlan::read);
      train = plan.usual();
      TrainForm.of(train.task())
          .settings(train.json(), (at, of) -> section.ask(at, of.rule(), of.fallback()));
      section.canonical().setAll(plan.json());
    }
    Task task = train == null ? Task.REGRESSION : train.task();
    SearchConfig search = null;
    if (root.hasSection("search")) {
      ConfigValues values = new ConfigValues(root.canonical());
      search = SearchConfig.read(root.section("search"), task, plan, values::at);
      if (search.space() != null) {
        new SearchCheck(tree, ConfigReader::readWithoutSearch).check(search.space(), problems);
        SearchCheck.checkCounted(search, problems);
      }
    }
    TrackConfig track =
        root.hasSection("track")
            ? TrackConfig.read(root.section("track"), paths)
            : TrackConfig.NONE;
    root.close();
    ModelColumns asked =
        columns.columns() == null ? null : columns.columns().withLabelKind(task.label());
    return new AlmanacConfig(
        tree.places(),
        name,
        new DatasetConfig(
            source,
            schema,
            asked,
            features,
            split,
            fit,
            output,
            new RowsConfig(rejects, columns.unknownClasses())),
        predict,
        new TrainingConfig(plan, paths.resolve(runs), repeats, environment),
        search,
        track,
        root.canonical());
  }

  private static List<String> environment(Section train) {
    List<String> names = train.texts("environment", List.of());
    for (String name : names) {
      if (name.isBlank() || name.indexOf('=') >= 0) {
        train.problem("environment", "must name variables, without values ('%s')".formatted(name));
      }
    }
    return names;
  }

  private static void readWithoutSearch(ConfigTree tree, Problems problems) {
    tree.root().set("search", JsonNodeFactory.instance.nullNode());
    read(tree, problems, Set.of(), null);
  }

  /** The file's name without its ending. */
  private static String nameOf(String file) {
    String name = Storage.name(file.replace('\\', '/'));
    return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
  }
}
