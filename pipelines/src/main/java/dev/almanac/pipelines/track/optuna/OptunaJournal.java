package dev.almanac.pipelines.track.optuna;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.track.study.StudyTracker;
import dev.almanac.pipelines.track.study.StudyView;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps {@value #FILE} in a study's folder: the study as Optuna's journal storage has it. Each
 * change makes it longer, and is there whole or not at all. A study that goes on adds to it.
 *
 * <p>Optuna's trials never go back: one that was interrupted and one that is paused are running
 * there until they have ended.
 */
public final class OptunaJournal implements StudyTracker {
  /** A file of the study's folder. */
  public static final String FILE = "optuna-journal.log";

  static final int CREATE_STUDY = 0;
  private static final int STUDY_ATTRIBUTE = 2;
  static final int CREATE_TRIAL = 4;
  static final int PARAM = 5;
  static final int STATE = 6;
  static final int INTERMEDIATE = 7;
  static final int TRIAL_ATTRIBUTE = 8;

  private static final int COMPLETE = 1;
  private static final int PRUNED = 2;
  private static final int FAILED = 3;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String worker = UUID.randomUUID() + "-" + ProcessHandle.current().pid();
  private final Map<Integer, Written> trials = new HashMap<>();
  private StringBuilder text;
  private String before;
  private int created;

  /** What the journal says of a trial. */
  private static final class Written {
    private final int id;
    private int step;
    private boolean isNamed;
    private boolean hasEnded;

    Written(int id) {
      this.id = id;
    }
  }

  @Override
  public String name() {
    return FILE;
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public void show(StudyView view) throws IOException {
    String path = Storage.resolve(view.folder(), FILE);
    if (text == null) {
      open(path, view);
    }
    for (Trial trial : view.trials()) {
      show(trial, view);
    }
    String now = text.toString();
    if (!now.equals(before)) {
      Storage.writeText(path, now);
      before = now;
    }
  }

  private void open(String path, StudyView view) throws IOException {
    text = new StringBuilder();
    if (Storage.exists(path)) {
      String there = Storage.readText(path);
      text.append(there);
      for (String line : there.lines().toList()) {
        replay(Json.tree(line, path));
      }
      before = there;
      return;
    }
    ObjectNode study = op(CREATE_STUDY).put("study_name", view.question().name());
    study.putArray("directions").add(view.question().goal() == Goal.MINIMIZE ? 1 : 2);
    add(study);
    attribute(op(STUDY_ATTRIBUTE).put("study_id", 0), "metric", view.question().metric());
  }

  private void replay(JsonNode op) {
    int code = op.path("op_code").asInt();
    int id = op.path("trial_id").asInt();
    if (code == CREATE_TRIAL) {
      created++;
    } else if (code == TRIAL_ATTRIBUTE && op.path("user_attr").has("trial")) {
      trials.put(op.path("user_attr").get("trial").intValue(), new Written(id));
    } else {
      trials.values().stream()
          .filter(trial -> trial.id == id)
          .forEach(
              trial -> {
                if (code == INTERMEDIATE) {
                  trial.step = Math.max(trial.step, op.path("step").intValue());
                } else if (code == STATE) {
                  trial.hasEnded = true;
                } else if (code == TRIAL_ATTRIBUTE && op.path("user_attr").has("run")) {
                  trial.isNamed = true;
                }
              });
    }
  }

  private void show(Trial trial, StudyView view) {
    Written written = trials.get(trial.number());
    if (written == null) {
      written = create(trial, view);
    }
    if (written.hasEnded) {
      return;
    }
    if (!written.isNamed && trial.runId() != null) {
      attribute(of(TRIAL_ATTRIBUTE, written), "run", trial.runId());
      written.isNamed = true;
    }
    for (Report report : trial.reports()) {
      if (report.at() > written.step && Double.isFinite(report.value())) {
        ObjectNode op = of(INTERMEDIATE, written).put("step", report.at());
        add(op.put("intermediate_value", report.value()));
        written.step = report.at();
      }
    }
    if (trial.hasEnded()) {
      end(trial, written);
    }
  }

  private Written create(Trial trial, StudyView view) {
    Written written = new Written(created++);
    trials.put(trial.number(), written);
    add(op(CREATE_TRIAL).put("study_id", 0).put("datetime_start", now()));
    ObjectNode number = of(TRIAL_ATTRIBUTE, written);
    number.putObject("user_attr").put("trial", trial.number());
    add(number);
    attribute(of(TRIAL_ATTRIBUTE, written), "origin", trial.origin());
    trial
        .assignment()
        .forEach(
            (path, value) -> {
              Distribution has = Distribution.of(view.question().space(), path);
              double internal = has == null ? Double.NaN : has.internal(value);
              if (Double.isNaN(internal)) {
                // A kind of parameter that Optuna has not.
                ObjectNode other = of(TRIAL_ATTRIBUTE, written);
                other.putObject("user_attr").set(path, value);
                add(other);
              } else {
                add(
                    of(PARAM, written)
                        .put("param_name", path)
                        .put("param_value_internal", internal)
                        .put("distribution", Json.line(has.json())));
              }
            });
    return written;
  }

  private void end(Trial trial, Written written) {
    if (trial.reason() != null) {
      attribute(of(TRIAL_ATTRIBUTE, written), "reason", trial.reason());
    }
    int state =
        switch (trial.state()) {
          case FINISHED -> COMPLETE;
          case PRUNED -> PRUNED;
          default -> FAILED;
        };
    ObjectNode op = of(STATE, written).put("state", state);
    if (trial.value() == null || state == FAILED) {
      op.putNull("values");
    } else {
      op.putArray("values").add(trial.value());
    }
    add(op.put("datetime_complete", now()));
    written.hasEnded = true;
  }

  private void attribute(ObjectNode op, String name, String value) {
    op.putObject("user_attr").put(name, value);
    add(op);
  }

  private ObjectNode of(int code, Written trial) {
    return op(code).put("trial_id", trial.id);
  }

  private ObjectNode op(int code) {
    return JsonNodeFactory.instance.objectNode().put("op_code", code).put("worker_id", worker);
  }

  private void add(ObjectNode op) {
    text.append(Json.line(op)).append('\n');
  }

  private static String now() {
    return TIME.format(Instant.now().truncatedTo(ChronoUnit.MICROS));
  }
}
