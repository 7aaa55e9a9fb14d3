package dev.almanac.training.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The settings that suit a table of this size: a {@code train:} section with all that a dataset may
 * settle.
 *
 * <p>An mlp of several members over piecewise-linear numbers, which is what does best over many
 * tables without a search for each (Gorishniy et al. 2024, arXiv 2410.24210; Holzmueller et al.
 * 2024, arXiv 2407.04491); small tables get smaller, more regular models and more, smaller steps.
 */
record AutoTrain(TableSize table) {
  /**
   * What suits tables of up to so many rows.
   *
   * @param classEpochs epochs for classes
   * @param numberEpochs for a number, which takes longer
   */
  private record Step(
      long rows,
      List<Integer> hidden,
      int members,
      double dropout,
      int bins,
      int batch,
      int classEpochs,
      int numberEpochs) {}

  private static final List<Step> STEPS =
      List.of(
          new Step(3_000, List.of(64, 64), 8, 0.2, 16, 32, 40, 80),
          new Step(12_000, List.of(128, 128), 8, 0.15, 32, 128, 25, 50),
          new Step(60_000, List.of(256, 128), 8, 0.1, 64, 256, 15, 60),
          new Step(300_000, List.of(256, 128), 4, 0.05, 32, 512, 12, 24),
          new Step(Long.MAX_VALUE, List.of(256, 256, 128), 4, 0, 16, 1024, 8, 16));

  private Step step() {
    return STEPS.stream().filter(step -> table.rows() <= step.rows).findFirst().orElseThrow();
  }

  /** The section; a new tree. */
  ObjectNode section() {
    Step step = step();
    ObjectNode section = JsonNodeFactory.instance.objectNode();
    section.put("task", table.task().text());
    ObjectNode model = section.putObject("model").put("family", "mlp");
    step.hidden.forEach(model.putArray("hidden")::add);
    model.put("members", step.members);
    // Of a number a model without dropout is nearer, given some members and rows enough.
    boolean drops = table.task().isClassification() || table.rows() <= STEPS.get(0).rows;
    model.put("dropout", drops ? step.dropout : 0);
    model.put("embedding", embedding());
    model.put("numeric-embedding", table.numeric() > 0 ? "piecewise-linear" : "none");
    model.put("bins", step.bins);
    if (!table.task().isClassification()) {
      // Of the absolute error, which is what is looked at first: few far off rows do not lead.
      section.putObject("loss").put("name", "absolute");
    }
    section
        .putObject("optimizer")
        .put("name", "adamw")
        .put("learning-rate", 0.005)
        .put("weight-decay", 0.05)
        .put("schedule", "one-cycle")
        .put("average-decay", average(step));
    section.put("batch-size", step.batch);
    int epochs = table.task().isClassification() ? step.classEpochs : step.numberEpochs;
    section.put("epochs", epochs);
    section.put("patience", Math.max(4, epochs / 4));
    return section;
  }

  /** A power of two near three times the fourth root of the categories, 4 to 16. */
  private int embedding() {
    double wanted = 3 * Math.pow(table.categories(), 0.25);
    return wanted < 6 ? 4 : wanted < 12 ? 8 : 16;
  }

  /** The weights are averaged over about a fifth of an epoch. */
  private double average(Step step) {
    double steps = Math.max(1, Math.ceil((double) table.rows() / step.batch) / 5);
    return Math.round(1000 * Math.min(0.999, 1 - 1 / Math.max(5, steps))) / 1000.0;
  }
}
