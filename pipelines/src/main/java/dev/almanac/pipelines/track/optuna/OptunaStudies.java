package dev.almanac.pipelines.track.optuna;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * The studies of a file of Optuna's journal storage, by replaying it as Optuna does: studies and
 * trials are counted from 0 over the whole file, and what comes after a trial's end is passed over.
 *
 * @param studies in the order in which they were made, deleted ones left out
 * @param damage a sentence for each line that cannot be read
 */
public record OptunaStudies(List<OptunaStudy> studies, List<String> damage) {
  /** Python writes values that are no numbers as JSON has none. */
  private static final ObjectReader LINES =
      Json.mapper().readerFor(JsonNode.class).with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);

  private static final int DELETE_STUDY = 1;

  /**
   * Reads a journal.
   *
   * @param place for messages
   */
  public static OptunaStudies read(String text, String place) {
    List<OptunaStudy> studies = new ArrayList<>();
    List<OptunaTrial> trials = new ArrayList<>();
    List<String> damage = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        JsonNode op = LINES.readTree(line);
        if (!op.path("op_code").isInt()) {
          throw new IllegalArgumentException("it has no op_code");
        }
        replay(op, studies, trials);
      } catch (JsonProcessingException | IllegalArgumentException e) {
        String why =
            e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        damage.add("line %s of %s is passed over: %s".formatted(number, place, why));
      }
    }
    studies.removeIf(study -> study == null);
    return new OptunaStudies(List.copyOf(studies), List.copyOf(damage));
  }

  private static void replay(JsonNode op, List<OptunaStudy> studies, List<OptunaTrial> trials) {
    int code = op.get("op_code").intValue();
    if (code == OptunaJournal.CREATE_STUDY) {
      studies.add(OptunaStudy.of(op));
    } else if (op.has("study_id")) {
      int id = at(op, "study_id", studies);
      if (code == DELETE_STUDY) {
        studies.set(id, null);
      } else if (code == OptunaJournal.CREATE_TRIAL) {
        // Counted even where its study is gone.
        OptunaTrial trial = new OptunaTrial(op);
        trials.add(trial);
        if (studies.get(id) != null) {
          studies.get(id).trials().add(trial);
        }
      } else if (studies.get(id) != null) {
        studies.get(id).attribute(op);
      }
    } else if (op.has("trial_id")) {
      trials.get(at(op, "trial_id", trials)).replay(op);
    }
  }

  private static int at(JsonNode op, String key, List<?> among) {
    int id = op.get(key).asInt(-1);
    if (id < 0 || id >= among.size()) {
      throw new IllegalArgumentException("there is no %s %s".formatted(key, op.get(key)));
    }
    return id;
  }

  /**
   * One of them.
   *
   * @param name null for the only one
   */
  public OptunaStudy find(String name, String place) {
    List<String> names = studies.stream().map(OptunaStudy::name).toList();
    List<OptunaStudy> found =
        studies.stream().filter(study -> name == null || study.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new RefusedException(
          "Cannot import a study of %s: %s"
              .formatted(
                  place,
                  names.isEmpty()
                      ? "it holds none; it must be a file of Optuna's JournalStorage"
                      : (name == null ? "name the one that is meant" : "none is named " + name)
                          + "; there are "
                          + Names.listed(names)));
    }
    return found.get(0);
  }
}
