package dev.almanac.training.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.training.model.ModelSettings;
import dev.almanac.training.objective.LossChoice;
import dev.almanac.training.objective.Task;
import dev.almanac.training.setting.Form;
import dev.almanac.training.setting.Part;
import dev.almanac.training.setting.Setting;
import dev.almanac.training.setting.Settings;
import dev.almanac.transforms.problem.Problems;
import java.util.Set;

/** The {@code train:} section key by key, both ways: which losses there are depends on the task. */
public final class TrainForm {
  private static final Setting TASK = Setting.word("task", Task.REGRESSION.text(), Task.names());
  private static final Setting BATCH = Setting.whole("batch-size", 1024, 1, 1 << 24);
  private static final Setting ACCUMULATE = Setting.whole("accumulate", 1, 1, 1 << 20);
  private static final Setting PRECISION =
      Setting.word("precision", Precision.FLOAT32.text(), Precision.names());
  private static final Setting EPOCHS = Setting.whole("epochs", 20, 1, 1_000_000);
  private static final Setting PATIENCE = Setting.whole("patience", 3, 0, 1_000_000);
  private static final Setting SECONDS = Setting.whole("seconds", 60, 0, 1_000_000);
  private static final Setting STEPS = Setting.whole("steps", 0, 0, Integer.MAX_VALUE);
  private static final Part CHECKPOINT = new Part("checkpoint", Form.of(SECONDS, STEPS));
  private static final Setting SEED = Setting.whole("seed", 42, Long.MIN_VALUE, Long.MAX_VALUE);
  private static final Setting DEVICE =
      Setting.word("device", DeviceChoice.AUTO.text(), DeviceChoice.names());
  private static final Setting THREADS = Setting.whole("threads", 0, 0, 4096);
  private static final Setting MIXED = Setting.whole("mixed-row-groups", 8, 1, 4096);
  private static final Part MODEL = new Part("model", ModelFamilies.FORM);
  private static final Part OPTIMIZER = new Part("optimizer", OptimizerConfig.FORM);

  private TrainForm() {}

  /** The keys of a section for this task. */
  public static Form of(Task task) {
    return Form.of(
        TASK,
        MODEL,
        loss(task),
        OPTIMIZER,
        BATCH,
        ACCUMULATE,
        PRECISION,
        EPOCHS,
        PATIENCE,
        CHECKPOINT,
        SEED,
        DEVICE,
        THREADS,
        MIXED);
  }

  private static Part loss(Task task) {
    return new Part("loss", Form.of(LossChoice.of(task)));
  }

  static TrainConfig read(JsonNode section, Set<String> beside, Problems problems) {
    JsonNode word = section.path(TASK.key());
    Task task = Task.of(TASK.rule().fits(word) ? word.textValue() : TASK.fallback().textValue());
    int before = problems.count();
    Settings chosen = of(task).read(section, beside, problems);
    ModelSettings model = new ModelSettings(chosen.section(MODEL.key()));
    if (problems.count() == before) {
      model.check(problems.at(MODEL.key()));
    }
    Settings loss = chosen.section(loss(task).key());
    Settings checkpoint = chosen.section(CHECKPOINT.key());
    return new TrainConfig(
        task,
        model,
        LossChoice.of(task).chosen(loss).make(loss),
        OptimizerConfig.of(chosen.section(OPTIMIZER.key())),
        new TrainConfig.Batches(
            chosen.whole(BATCH.key()), chosen.whole(ACCUMULATE.key()), chosen.whole(MIXED.key())),
        new TrainConfig.Length(chosen.whole(EPOCHS.key()), chosen.whole(PATIENCE.key())),
        new TrainConfig.Machine(
            DeviceChoice.of(chosen.text(DEVICE.key())),
            chosen.whole(THREADS.key()),
            Precision.of(chosen.text(PRECISION.key())),
            new TrainConfig.CheckpointConfig(
                checkpoint.whole(SECONDS.key()), checkpoint.whole(STEPS.key()))),
        chosen.longWhole(SEED.key()));
  }

  static ObjectNode write(TrainConfig config) {
    TrainConfig.Machine machine = config.machine();
    ObjectNode section = JsonNodeFactory.instance.objectNode();
    section.put(TASK.key(), config.task().text());
    section.set(MODEL.key(), config.model().values().values().deepCopy());
    section.set(loss(config.task()).key(), config.loss().json());
    section.set(OPTIMIZER.key(), config.optimizer().json());
    section.put(BATCH.key(), config.batches().size());
    section.put(ACCUMULATE.key(), config.batches().accumulate());
    section.put(PRECISION.key(), machine.precision().text());
    section.put(EPOCHS.key(), config.length().epochs());
    section.put(PATIENCE.key(), config.length().patience());
    section
        .putObject(CHECKPOINT.key())
        .put(SECONDS.key(), machine.checkpoint().seconds())
        .put(STEPS.key(), machine.checkpoint().steps());
    section.set(SEED.key(), SEED.rule().canonical(LongNode.valueOf(config.seed())));
    section.put(DEVICE.key(), machine.device().text());
    section.put(THREADS.key(), machine.threads());
    section.put(MIXED.key(), config.batches().mixedRowGroups());
    return section;
  }
}
