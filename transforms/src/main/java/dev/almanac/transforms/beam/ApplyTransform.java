package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.ColumnBatchCoder;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.split.Split;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Encodes rows as a model reads them, with a transform that was fitted in the same pipeline.
 *
 * <p>The batches have the columns that the fit saw; the plan's feature steps are computed here. A
 * row without a label cannot be encoded with one: it does not come out, and is counted in the
 * metric {@value FitTransform#ROWS_WITHOUT_LABEL}. {@link #toSplits} keeps such rows apart; {@link
 * #withoutLabel} encodes rows that are yet to be predicted.
 */
public final class ApplyTransform
    extends PTransform<PCollection<ColumnBatch>, PCollection<ColumnBatch>> {
  private static final long serialVersionUID = 1L;

  /** Rows of any split that have no label, as they were before. */
  public static final TupleTag<ColumnBatch> NO_LABEL = new TupleTag<>("no-label") {};

  private static final TupleTag<ColumnBatch> ENCODED = new TupleTag<>("encoded") {};

  private final PCollectionView<FittedTransform> transform;
  private final boolean predicting;

  private ApplyTransform(PCollectionView<FittedTransform> transform, boolean predicting) {
    this.transform = Objects.requireNonNull(transform, "transform");
    this.predicting = predicting;
  }

  public static ApplyTransform using(PCollectionView<FittedTransform> transform) {
    return new ApplyTransform(transform, false);
  }

  /**
   * Encodes train, validation and test of what {@link SplitByDate} made. The other collections go
   * along unchanged, and rows without a label join them as {@link #NO_LABEL}.
   */
  public static ToSplits toSplits(PCollectionView<FittedTransform> transform) {
    return new ToSplits(using(transform));
  }

  /** The same for rows whose label is not known: it is neither read nor written. */
  public ApplyTransform withoutLabel() {
    return new ApplyTransform(transform, true);
  }

  @Override
  public PCollection<ColumnBatch> expand(PCollection<ColumnBatch> batches) {
    return encode(batches).get(ENCODED);
  }

  private PCollectionTuple encode(PCollection<ColumnBatch> batches) {
    PCollectionTuple rows =
        batches.apply(
            "Encode",
            ParDo.of(new Encode(transform, predicting))
                .withSideInputs(transform)
                .withOutputTags(ENCODED, TupleTagList.of(NO_LABEL)));
    rows.get(ENCODED).setCoder(ColumnBatchCoder.of());
    rows.get(NO_LABEL).setCoder(ColumnBatchCoder.of());
    return rows;
  }

  /** The same for every split at once. */
  public static final class ToSplits extends PTransform<PCollectionTuple, PCollectionTuple> {
    private static final long serialVersionUID = 1L;

    private final ApplyTransform apply;

    private ToSplits(ApplyTransform apply) {
      this.apply = apply;
    }

    @Override
    public PCollectionTuple expand(PCollectionTuple splits) {
      PCollectionTuple encoded = splits;
      PCollectionList<ColumnBatch> unlabeled = PCollectionList.empty(splits.getPipeline());
      for (Split split : Split.values()) {
        TupleTag<ColumnBatch> tag = SplitByDate.tag(split);
        if (!splits.has(tag)) {
          throw new RefusedException(
              "Cannot apply a transform: there is no collection of %s (%s)"
                  .formatted(split, splits.getAll().keySet()));
        }
        PCollectionTuple rows =
            PCollectionTuple.of(tag, splits.get(tag))
                .apply("Apply to " + split, new Of(apply, tag));
        encoded = replaced(encoded, tag, rows.get(ENCODED));
        unlabeled = unlabeled.and(rows.get(NO_LABEL));
      }
      return encoded.and(NO_LABEL, unlabeled.apply("Without label", Flatten.pCollections()));
    }

    private static PCollectionTuple replaced(
        PCollectionTuple all, TupleTag<ColumnBatch> tag, PCollection<ColumnBatch> rows) {
      PCollectionTuple changed = PCollectionTuple.of(tag, rows);
      for (TupleTag<?> other : all.getAll().keySet()) {
        changed = other.equals(tag) ? changed : copied(all, other, changed);
      }
      return changed;
    }

    private static <T> PCollectionTuple copied(
        PCollectionTuple from, TupleTag<T> tag, PCollectionTuple to) {
      return to.and(tag, from.get(tag));
    }
  }

  /** One split, with both outputs. */
  private static final class Of extends PTransform<PCollectionTuple, PCollectionTuple> {
    private static final long serialVersionUID = 1L;

    private final ApplyTransform apply;
    private final TupleTag<ColumnBatch> split;

    Of(ApplyTransform apply, TupleTag<ColumnBatch> split) {
      this.apply = apply;
      this.split = split;
    }

    @Override
    public PCollectionTuple expand(PCollectionTuple rows) {
      return apply.encode(rows.get(split));
    }
  }

  private static final class Encode extends DoFn<ColumnBatch, ColumnBatch> {
    private static final long serialVersionUID = 1L;

    private final PCollectionView<FittedTransform> view;
    private final boolean predicting;
    private final Counter unlabeled =
        Metrics.counter(ApplyTransform.class, FitTransform.ROWS_WITHOUT_LABEL);
    private transient FittedTransform seen;
    private transient FittedTransform used;
    private transient BatchColumns declared;

    Encode(PCollectionView<FittedTransform> view, boolean predicting) {
      this.view = view;
      this.predicting = predicting;
    }

    @ProcessElement
    public void process(ProcessContext context, MultiOutputReceiver out) {
      use(context.sideInput(view));
      ColumnBatch batch = declared.checked(context.element());
      ColumnBatch computed = CountedFeatures.apply(used.features(), batch);
      String label = used.label() == null ? null : used.label().column();
      LabeledRows rows = LabeledRows.of(computed, label);
      unlabeled.inc(rows.unlabeled().length);
      if (rows.labeled() != null) {
        out.get(ENCODED).output(used.encode(rows.labeled()));
      }
      if (rows.unlabeled().length > 0) {
        out.get(NO_LABEL).output(batch.take(rows.unlabeled()));
      }
    }

    /** Runners hand out the same object for a whole bundle or longer. */
    private void use(FittedTransform transform) {
      if (seen != transform) {
        seen = transform;
        used = predicting ? transform.withoutLabel() : transform;
        declared = BatchColumns.of("encode", used.inputs());
      }
    }
  }
}
