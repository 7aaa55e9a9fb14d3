package dev.almanac.training.ensemble;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.model.Ensemble;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.DatasetHashes;
import dev.almanac.training.run.Journal;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunLog;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.score.Scorer;
import dev.almanac.training.torch.Compute;
import dev.almanac.training.train.RunDraft;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a run whose model is the mean of the models of finished runs: copies of their weights, and
 * metrics of the validation split. Nothing is trained, and the runs may go afterwards.
 *
 * <p>Its config, settings and columns are those of the first. One that fails leaves its folder,
 * marked failed with the reason, as a training does.
 */
public final class Averaging {
  private final List<Run> members;
  private final Dataset dataset;
  private final RunContext context;

  private Averaging(List<Run> members, Dataset dataset, RunContext context) {
    this.members = members;
    this.dataset = dataset;
    this.context = context;
  }

  /**
   * Averages.
   *
   * @param members at least two, whose weights are equal in importance
   * @param dataset that all of them were trained on
   * @return the finished run
   * @throws IOException when a member has no model, or its files are missing or damaged
   * @throws TrainingException when the members cannot be averaged
   */
  public static Run run(List<Run> members, Dataset dataset, RunContext context) throws IOException {
    if (members.size() < 2) {
      throw new TrainingException(
          "Cannot average models: it takes at least two runs (%s given)".formatted(members.size()));
    }
    for (Run member : members) {
      if (!member.record().dataset().hash().equals(dataset.manifest().hash())
          || member.record().train().task() != members.get(0).record().train().task()) {
        throw new TrainingException(
            "Cannot average the models of runs %s and %s: they must be of one task and one dataset (%s, %s)"
                .formatted(
                    members.get(0).record().runId(),
                    member.record().runId(),
                    dataset.folder(),
                    member.record().dataset().path()));
      }
    }
    return new Averaging(members, dataset, context).run();
  }

  /**
   * Which models of a pool make a good mean: the first, then again and again the one that makes the
   * mean best, for as long as it becomes better (forward selection without replacement, Caruana and
   * others, Ensemble Selection from Libraries of Models, ICML 2004). Of equals the first of the
   * pool is taken. It is a pass over validation for each member.
   *
   * @param pool of one task, all trained on the dataset
   * @param most members
   * @param bestFirst orders metrics of the validation split
   * @throws IOException when one has no model, or its files are missing or damaged
   */
  public static Selection select(
      List<Run> pool, Dataset dataset, int most, Comparator<Map<String, Double>> bestFirst)
      throws IOException {
    Run first = pool.get(0);
    TrainConfig config = first.record().train();
    Compute compute = Compute.start(config.machine().device(), config.machine().threads());
    Map<Run, Scorer> left = new LinkedHashMap<>();
    List<Scorer> all = new ArrayList<>();
    try {
      for (Run run : pool) {
        all.add(Scorer.open(run, compute));
        left.put(run, all.get(all.size() - 1));
      }
      Means means = new Means(first, dataset);
      List<Scorer> taken = new ArrayList<>(List.of(left.remove(first)));
      List<Run> members = new ArrayList<>(List.of(first));
      List<Map<String, Double>> metrics = new ArrayList<>(List.of(means.measure(taken)));
      while (members.size() < most && !left.isEmpty()) {
        List<Run> others = List.copyOf(left.keySet());
        List<Map<String, Double>> each = means.measure(taken, List.copyOf(left.values()));
        int best = 0;
        for (int i = 1; i < each.size(); i++) {
          best = bestFirst.compare(each.get(i), each.get(best)) < 0 ? i : best;
        }
        if (bestFirst.compare(each.get(best), metrics.get(metrics.size() - 1)) >= 0) {
          break;
        }
        members.add(others.get(best));
        metrics.add(each.get(best));
        taken.add(left.remove(others.get(best)));
      }
      return new Selection(members, metrics);
    } finally {
      all.forEach(Scorer::close);
    }
  }

  /**
   * Models whose mean is good.
   *
   * @param members in the order in which they were taken
   * @param metrics of the validation split: of the first, of the mean of the first two, and so on
   */
  public record Selection(List<Run> members, List<Map<String, Double>> metrics) {
    public Selection {
      members = List.copyOf(members);
      metrics = List.copyOf(metrics);
    }
  }

  private Run run() throws IOException {
    Run first = members.get(0);
    List<TrainedModel> models = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Run member : members) {
      models.addAll(member.ensemble().members());
      ids.add(member.record().runId());
    }
    Ensemble model = new Ensemble(models);
    if (context.check() == RunContext.DatasetCheck.HASHES) {
      DatasetHashes.check(dataset, List.of(Split.VALIDATION), context.progress());
    }
    TrainConfig config = first.record().train();
    Compute compute = Compute.start(config.machine().device(), config.machine().threads());
    RunDraft draft =
        RunDraft.of(
                dataset,
                config,
                context.withConfig(first.record().config()),
                model.parameters(),
                compute)
            .averaging(ids);
    String id = draft.record().runId();
    String folder = Storage.resolve(context.runs(), id);
    try (Lease lease = Lease.take(folder, "make run %s".formatted(id))) {
      Run run = draft.write(new RunStore(context.runs()));
      context.progress().started(run);
      Run made;
      try {
        made = keep(run, model, compute, lease);
      } catch (LeaseException e) {
        throw e;
      } catch (IOException | RuntimeException | Error e) {
        fail(run, e);
        throw e;
      }
      context.progress().ended(made);
      return made;
    }
  }

  private Run keep(Run run, Ensemble model, Compute compute, Lease lease) throws IOException {
    Journal journal = Journal.of(new RunLog(run, lease), context.progress());
    journal.note(
        "run %s: the mean of the models of runs %s, dataset %s"
            .formatted(
                run.record().runId(),
                String.join(", ", run.record().recipe().members()),
                dataset.folder()));
    run.copyTransform(dataset.folder());
    model.save(run.path(Run.MODEL));
    Map<String, Double> validation = Map.of();
    if (dataset.manifest().rows(Split.VALIDATION) > 0) {
      try (Scorer scorer = new Scorer(model, run.record().columns(), run.objective(), compute)) {
        validation = new Means(run, dataset).measure(List.of(scorer));
      }
    }
    lease.confirm();
    return run.write(
        run.record()
            .finished(now(), null, validation)
            .withFiles(run.hashed(Run.MODEL))
            .withFiles(run.hashed(Run.LOG)));
  }

  private void fail(Run run, Throwable cause) {
    try {
      Storage.deleteFolder(run.path(Run.MODEL));
      context
          .progress()
          .ended(run.write(run.record().failed(now(), cause).withFiles(run.hashed(Run.LOG))));
    } catch (IOException | RuntimeException | Error e) {
      cause.addSuppressed(e);
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
