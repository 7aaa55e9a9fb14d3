package dev.almanac.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFolder;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the dataset that a run was trained on: where the run's record says, or by its hash where it
 * was moved to.
 */
public final class RunDataset {
  private RunDataset() {}

  /**
   * Opens the dataset. Where it is not at its recorded place, looks below {@code datasets}, and
   * where the run's config would put it if the whole project was moved.
   *
   * @param what cannot be done without it, such as {@code evaluate run x}
   * @param datasets a folder of datasets; null for none
   * @param note is told where it was found, unless at its place
   * @throws IOException when it is nowhere
   */
  public static Dataset open(Run run, String what, String datasets, Consumer<String> note)
      throws IOException {
    RunRecipe.DatasetReference wanted = run.record().dataset();
    String other = "it is gone";
    if (new DatasetFolder(wanted.path()).isFinished()) {
      Dataset there = new Dataset(wanted.path(), DatasetManifest.read(wanted.path()));
      if (there.manifest().hash().equals(wanted.hash())) {
        return there;
      }
      other =
          "it is not the one that it was trained on (hash %s, expected %s)"
              .formatted(there.manifest().hash(), wanted.hash());
    }
    Set<String> places = places(run, datasets);
    List<String> unreadable = new ArrayList<>();
    for (String place : places) {
      for (String folder : Dataset.newestFirst(place)) {
        try {
          Dataset dataset = new Dataset(folder, DatasetManifest.read(folder));
          if (dataset.manifest().hash().equals(wanted.hash())) {
            note.accept(
                "dataset %s: found by its hash in %s".formatted(wanted.path(), dataset.folder()));
            return dataset;
          }
        } catch (IOException e) {
          unreadable.add(e.getMessage());
        }
      }
    }
    throw new ForeseenException(
        "Cannot %s: dataset %s: %s, and none%s has its hash%s; move it back, or name the folder it lies in by --set output.dataset=FOLDER"
            .formatted(
                what,
                wanted.path(),
                other,
                places.isEmpty() ? "" : " in " + String.join(", ", places),
                unreadable.isEmpty()
                    ? ""
                    : " (%s cannot be read: %s)".formatted(unreadable.size(), unreadable.get(0))));
  }

  private static Set<String> places(Run run, String datasets) throws IOException {
    Set<String> places = new LinkedHashSet<>();
    if (datasets != null) {
      places.add(datasets);
    }
    JsonNode config = run.record().config();
    String output = config == null ? "" : config.path("output").path("dataset").asText();
    String runs = config == null ? "" : config.path("train").path("runs").asText("runs");
    String inside =
        "/" + (runs.startsWith("./") ? runs.substring(2) : runs) + "/" + run.record().runId();
    if (!output.isEmpty() && run.folder().endsWith(inside)) {
      String project = run.folder().substring(0, run.folder().length() - inside.length());
      String moved = isAbsolute(output) ? output : Storage.resolve(project, output);
      places.add(moved);
    }
    return places;
  }

  private static boolean isAbsolute(String path) {
    return path.startsWith("/") || path.contains("://");
  }
}
