package dev.almanac.transforms.beam;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.beam.coder.ColumnBatchCoder;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.split.LabeledRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Learns a transform from the rows of train. The output is one {@link FittedTransform}, the same to
 * the bit whatever the bundles were.
 *
 * <p>Statistics travel between workers, and the fit to each of them as a side input, in about the
 * bytes of the different values that they hold: 5 million of 16 bytes in one nominal column are 90
 * MB each time, and took a heap of 2 GB on Spark with two threads. {@link PrepareDataset} leaves
 * both in files and needs half of that.
 *
 * <p>The batches have the columns of the plan's source; its feature steps are computed here. A row
 * without a label is not learned from, and counted in the metric {@value #ROWS_WITHOUT_LABEL}.
 * Bounded collections in the global window only. Without a row with a label the pipeline fails with
 * a {@link dev.almanac.transforms.encode.FitException} that says so.
 */
public final class FitTransform
    extends PTransform<PCollection<ColumnBatch>, PCollection<FittedTransform>> {
  private static final long serialVersionUID = 1L;

  /** The name of a counter. */
  public static final String ROWS_WITHOUT_LABEL = "rows-without-label";

  private final FitPlan plan;
  private final CsvFormat reading;
  private final boolean computed;

  private FitTransform(FitPlan plan, CsvFormat reading, boolean computed) {
    this.plan = plan;
    this.reading = reading;
    this.computed = computed;
  }

  public static FitTransform of(FitPlan plan) {
    return new FitTransform(Objects.requireNonNull(plan, "plan"), null, false);
  }

  /**
   * Says how the files were read that the rows come from, see {@link ReadSource#format}: the
   * transform keeps it, so that further files are read alike.
   */
  public FitTransform reading(CsvFormat format) {
    return new FitTransform(plan, Objects.requireNonNull(format, "format"), computed);
  }

  /** Takes batches that {@link ComputeFeatures#of(FitPlan)} has computed the plan's features in. */
  public FitTransform ofComputed() {
    return new FitTransform(plan, reading, true);
  }

  /** The same fit as a side input, for {@link ApplyTransform} and {@link WriteDataset}. */
  public AsView asView() {
    return new AsView(this);
  }

  @Override
  public PCollection<FittedTransform> expand(PCollection<ColumnBatch> train) {
    KvCoder<Integer, ColumnBatch> coder = KvCoder.of(VarIntCoder.of(), ColumnBatchCoder.of());
    PCollection<KV<Integer, ColumnBatch>> rows =
        train.apply("Select", ParDo.of(new Select(plan, computed))).setCoder(coder);
    // A fit of no rows must fail, not be missing: an empty collection would start nothing.
    PCollection<KV<Integer, ColumnBatch>> none =
        train
            .getPipeline()
            .apply("No rows", Create.of(KV.of(0, noRows(plan.usedSchema()))).withCoder(coder));
    // A combine by one key, since some runners gather the parts of a global one on the driver.
    return PCollectionList.of(rows)
        .and(none)
        .apply("Rows", Flatten.pCollections())
        .apply("Accumulate", Combine.perKey(new FitStatistics(plan)))
        .apply("Learn", ParDo.of(new Learn(plan, reading)))
        // Feature steps may be lambdas, which Java alone serializes, as it does every DoFn.
        .setCoder(SerializableCoder.of(FittedTransform.class));
  }

  private static ColumnBatch noRows(TableSchema table) {
    List<Column> columns = new ArrayList<>();
    for (Field field : table.fields()) {
      columns.add(ColumnAppender.of(field.type()).build());
    }
    return new ColumnBatch(table, columns, 0);
  }

  /** A fit as a side input. */
  public static final class AsView
      extends PTransform<PCollection<ColumnBatch>, PCollectionView<FittedTransform>> {
    private static final long serialVersionUID = 1L;

    private final FitTransform fit;

    private AsView(FitTransform fit) {
      this.fit = fit;
    }

    @Override
    public PCollectionView<FittedTransform> expand(PCollection<ColumnBatch> train) {
      return train.apply("Fit", fit).apply("View", View.asSingleton());
    }
  }

  private static final class Select extends DoFn<ColumnBatch, KV<Integer, ColumnBatch>> {
    private static final long serialVersionUID = 1L;

    private final FitPlan plan;
    private final boolean computed;
    private final BatchColumns declared;
    private final Counter unlabeled = Metrics.counter(FitTransform.class, ROWS_WITHOUT_LABEL);

    Select(FitPlan plan, boolean computed) {
      this.plan = plan;
      this.computed = computed;
      this.declared =
          computed
              ? BatchColumns.of("fit", plan.usedSchema())
              : BatchColumns.of("fit", plan.inputs());
    }

    @ProcessElement
    public void process(@Element ColumnBatch batch, OutputReceiver<KV<Integer, ColumnBatch>> out) {
      ColumnBatch checked = declared.checked(batch);
      ColumnBatch features = computed ? checked : plan.features().apply(checked);
      LabeledRows rows =
          LabeledRows.of(features.select(plan.usedSchema().names()), plan.columns().label());
      unlabeled.inc(rows.unlabeled().length);
      if (rows.labeled() != null) {
        out.output(KV.of(0, rows.labeled()));
      }
    }
  }

  private static final class Learn extends DoFn<KV<Integer, FitAccumulator>, FittedTransform> {
    private static final long serialVersionUID = 1L;

    private final FitPlan plan;
    private final CsvFormat reading;

    Learn(FitPlan plan, CsvFormat reading) {
      this.plan = plan;
      this.reading = reading;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, FitAccumulator> statistics, OutputReceiver<FittedTransform> out) {
      out.output(plan.fit(statistics.getValue()).withReading(reading));
    }
  }
}
