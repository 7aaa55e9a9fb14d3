package dev.almanac.training.model;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The models that predict for a run, mostly one; of several it is the mean of what they predict, in
 * the label's unit or of probabilities.
 *
 * <p>On disk one model is its own two files. Of several each lies in a folder named by its place,
 * from 1, and {@value #FILE} is written last.
 */
public record Ensemble(List<TrainedModel> members) {
  public static final String FILE = "ensemble.json";

  private static final int FORMAT_VERSION = 1;

  /** {@code ensemble.json}. */
  private record Description(int formatVersion, List<String> members) {}

  public Ensemble {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("Cannot predict with no model");
    }
    ModelShape shape = members.get(0).shape();
    for (TrainedModel member : members) {
      if (!member.shape().equals(shape)) {
        throw new RefusedException(
            "Cannot average models: they must read the same columns (%s and %s)"
                .formatted(shape, member.shape()));
      }
    }
  }

  public static Ensemble of(TrainedModel model) {
    return new Ensemble(List.of(model));
  }

  /** How many weights all of them have. */
  public long parameters() {
    return members.stream().mapToLong(member -> member.weights().length).sum();
  }

  /** Writes all of it into a folder. */
  public void save(String folder) throws IOException {
    if (members.size() == 1) {
      members.get(0).save(folder);
      return;
    }
    List<String> places = new ArrayList<>();
    for (TrainedModel member : members) {
      String place = String.valueOf(places.size() + 1);
      member.save(Storage.resolve(folder, place));
      places.add(place);
    }
    Storage.writeText(
        Storage.resolve(folder, FILE), Json.pretty(new Description(FORMAT_VERSION, places)));
  }

  /**
   * Loads what {@link #save} wrote, or {@link TrainedModel#save}.
   *
   * @throws IOException as {@link TrainedModel#open}
   */
  public static Ensemble open(String folder) throws IOException {
    String file = Storage.resolve(folder, FILE);
    if (!Storage.exists(file)) {
      return of(TrainedModel.open(folder));
    }
    Description description = Json.read(Storage.readText(file), Description.class, file);
    if (description.formatVersion != FORMAT_VERSION) {
      throw new ForeseenException(
          "Cannot open models %s: this Almanac reads format-version %s (%s found)"
              .formatted(folder, FORMAT_VERSION, description.formatVersion));
    }
    List<TrainedModel> members = new ArrayList<>();
    for (String place : description.members) {
      members.add(TrainedModel.open(Storage.resolve(folder, place)));
    }
    return new Ensemble(members);
  }
}
