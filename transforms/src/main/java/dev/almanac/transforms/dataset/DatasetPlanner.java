package dev.almanac.transforms.dataset;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.dataset.part.PartPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.DatasetFolder;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.reuse.KeptSource;
import dev.almanac.transforms.reuse.SameContent;
import dev.almanac.transforms.source.ContentHash;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.staging.ChunkSummary;
import dev.almanac.transforms.staging.ClassRows;
import dev.almanac.transforms.staging.ClassesByValue;
import dev.almanac.transforms.staging.DatasetException;
import dev.almanac.transforms.staging.DatasetJob;
import dev.almanac.transforms.staging.RangeChain;
import dev.almanac.transforms.staging.RangeSummary;
import dev.almanac.transforms.staging.Unreadable;
import dev.almanac.transforms.storage.Storage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Between the passes: checks what was read, fits the transform and plans the parquet files. */
final class DatasetPlanner {
  private final DatasetJob job;

  DatasetPlanner(DatasetJob job) {
    this.job = job;
  }

  List<PartPlan> plan(List<ChunkSummary> unordered) throws IOException {
    List<ChunkSummary> summaries =
        new RangeChain(job)
            .settled(
                unordered.stream().sorted(Comparator.comparingInt(ChunkSummary::chunk)).toList());
    List<SourceLedger> source = ledgers(summaries, RangeSummary::ledger);
    for (SourceLedger file : source) {
      if (!file.rows().balances()) {
        throw new DatasetException(
            "Cannot account for every row of %s: %s; this is a fault of Almanac's"
                .formatted(file.path(), file.rows()));
      }
    }
    RowCounts totals = totals(source);
    job.tolerance()
        .rejects()
        .check(
            "prepare",
            totals.rejected(),
            totals.read(),
            summaries.stream().flatMap(summary -> summary.firstRejects().stream()).toList());
    Unreadable unreadable = Unreadable.of(job.fit().features(), summaries);
    unreadable.check(job.tolerance().maxUnreadable());
    List<Notice> found = new ArrayList<>(SourceNotices.of(job, summaries));
    checkTrain(totals);
    FitAccumulator train = statistics(summaries);
    FittedTransform transform = job.fit().fit(train).withReading(job.source().format());
    List<ClassRows> classes = ClassRows.of(summaries);
    found.addAll(ClassesByValue.notices(transform.label(), train, classes));
    UnknownClasses unknown = UnknownClasses.of(job, transform, classes);
    unknown.check();
    if (unknown.areDropped()) {
      source = ledgers(summaries, unknown::ledger);
      totals = totals(source);
    }
    transform.write(job.staging().staged().transform());
    new DatasetDraft(
            transform.hash(),
            transform.datasetColumns().withUnknownClasses(unknown.names()),
            job.layout().parquet(transform.outputSchema()).rowGroupRows(),
            new DatasetManifest.Source(
                all(source),
                totals,
                rejects(totals, summaries),
                notices(found, unreadable, unknown, summaries)),
            summaries.stream().flatMap(summary -> summary.kept().stream()).toList())
        .write(job.staging());
    if (job.keepSource()) {
      KeptSource.write(job.staging(), job.keep(), summaries);
    }
    List<PartPlan> parts = new ArrayList<>();
    for (Split split : Split.values()) {
      boolean shuffled = split == Split.TRAIN && job.layout().shuffled();
      parts.addAll(PartPlan.of(split, spooled(split, summaries), shuffled, job.layout().files()));
    }
    return parts.stream().map(part -> part.with(unknown.names())).toList();
  }

  private List<Notice> notices(
      List<Notice> found,
      Unreadable unreadable,
      UnknownClasses unknown,
      List<ChunkSummary> summaries)
      throws IOException {
    List<Notice> notices = new ArrayList<>(job.source().choice().notices());
    notices.addAll(SameContent.notices(summaries));
    notices.addAll(Notice.merged(job.source().notices()));
    notices.addAll(found);
    notices.addAll(unreadable.notices());
    notices.addAll(unknown.notices());
    return notices;
  }

  private static RowCounts totals(List<SourceLedger> source) {
    return source.stream().map(SourceLedger::rows).reduce(RowCounts.NONE, RowCounts::plus);
  }

  /** The ledgers of what was read, then of what was left out. */
  private List<SourceLedger> all(List<SourceLedger> read) {
    return Stream.concat(read.stream(), job.source().choice().ledgers().stream()).toList();
  }

  /** One ledger a file, of all its ranges. */
  private static List<SourceLedger> ledgers(
      List<ChunkSummary> summaries, Function<RangeSummary, SourceLedger> ledger) {
    Map<String, List<SourceLedger>> ranges = new LinkedHashMap<>();
    for (ChunkSummary summary : summaries) {
      for (RangeSummary range : summary.ranges()) {
        ranges
            .computeIfAbsent(range.ledger().path(), path -> new ArrayList<>())
            .add(ledger.apply(range));
      }
    }
    List<SourceLedger> files = new ArrayList<>();
    ranges.forEach(
        (path, parts) -> {
          List<String> hashes = parts.stream().map(SourceLedger::hash).toList();
          files.add(
              SourceLedger.of(
                  path,
                  parts.stream().mapToLong(SourceLedger::bytes).sum(),
                  hashes.contains(null) ? null : ContentHash.of(hashes),
                  totals(parts)));
        });
    return files;
  }

  private void checkTrain(RowCounts totals) {
    if (totals.train() > 0) {
      return;
    }
    String label = job.label();
    if (totals.read() == 0) {
      throw new DatasetException("Cannot prepare: the source files hold no row; see source.files");
    }
    if (totals.validation() + totals.test() == 0 && totals.dropped() > 0) {
      throw new DatasetException(
          "Cannot prepare: the label '%s' is missing in every row inside the split's ranges (%s); see columns.label and the features that change it"
              .formatted(label, Count.of(totals.dropped(), "row")));
    }
    throw new DatasetException(
        "Cannot prepare: no row with a label falls into split.train (%s); of %s rows read, %s have no label '%s', %s lie outside all ranges and %s were rejected"
            .formatted(
                job.split().range(Split.TRAIN),
                totals.read(),
                totals.dropped(),
                label,
                totals.outside(),
                totals.rejected()));
  }

  /** The statistics of all chunks; their order does not matter to the result. */
  private FitAccumulator statistics(List<ChunkSummary> summaries) throws IOException {
    FitAccumulator all = job.fit().accumulator();
    for (ChunkSummary summary : summaries) {
      String path = job.staging().statistics(summary.chunk());
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Storage.open(path), 1 << 16))) {
        all.merge(in);
      }
    }
    return all;
  }

  private List<PartPlan.Slice> spooled(Split split, List<ChunkSummary> summaries) {
    return summaries.stream()
        .map(
            summary ->
                new PartPlan.Slice(
                    job.spool(summary.chunk(), split), 0, summary.spooled().get(split.text())))
        .toList();
  }

  private static DatasetManifest.Rejects rejects(RowCounts totals, List<ChunkSummary> summaries) {
    Map<String, Long> reasons = new TreeMap<>();
    List<String> files = new ArrayList<>();
    for (ChunkSummary summary : summaries) {
      summary.rejectReasons().forEach((reason, rows) -> reasons.merge(reason, rows, Long::sum));
      if (!summary.rejectReasons().isEmpty()) {
        files.add(DatasetFolder.rejects(summary.chunk()));
      }
    }
    return new DatasetManifest.Rejects(
        totals.rejected(),
        files,
        reasons.entrySet().stream()
            .map(entry -> new DatasetManifest.ReasonCount(entry.getKey(), entry.getValue()))
            .toList());
  }
}
