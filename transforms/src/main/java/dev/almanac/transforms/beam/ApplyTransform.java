package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.ColumnBatchCoder;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.encode.LabelEncoder;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.split.LabeledRows;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.staging.UnknownClassPolicy;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
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

  /** The classes that validation and test have and train has not, when they count as wrong. */
  public static final TupleTag<String> UNKNOWN_CLASSES = new TupleTag<>("unknown-classes") {};

  private static final TupleTag<ColumnBatch> ENCODED = new TupleTag<>("encoded") {};

  private final PCollectionView<FittedTransform> transform;
  private final Rows rows;

  /**
   * What the rows are like that come.
   *
   * @param predicting whether their label is not known
   * @param computed whether they went through the feature steps
   * @param unknown what becomes of rows of a class that train has not
   */
  private record Rows(boolean predicting, boolean computed, UnknownClassPolicy unknown)
      implements Serializable {}

  private ApplyTransform(PCollectionView<FittedTransform> transform, Rows rows) {
    this.transform = Objects.requireNonNull(transform, "transform");
    this.rows = rows;
  }

  public static ApplyTransform using(PCollectionView<FittedTransform> transform) {
    return new ApplyTransform(transform, new Rows(false, false, UnknownClassPolicy.REFUSE));
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
    return new ApplyTransform(transform, new Rows(true, rows.computed, rows.unknown));
  }

  /**
   * The same for batches in which {@link ComputeFeatures#of(FitPlan)} has computed the features.
   */
  public ApplyTransform ofComputed() {
    return new ApplyTransform(transform, new Rows(rows.predicting, true, rows.unknown));
  }

  @Override
  public PCollection<ColumnBatch> expand(PCollection<ColumnBatch> batches) {
    return encode(batches, null).get(ENCODED);
  }

  /**
   * @param unknown the classes that train has not, whose labels are -1 and down; null for none
   */
  private PCollectionTuple encode(
      PCollection<ColumnBatch> batches, PCollectionView<List<String>> unknown) {
    List<PCollectionView<?>> views =
        unknown == null ? List.of(transform) : List.of(transform, unknown);
    PCollectionTuple encoded =
        batches.apply(
            "Encode",
            ParDo.of(new Encode(transform, unknown, rows))
                .withSideInputs(views)
                .withOutputTags(ENCODED, TupleTagList.of(NO_LABEL)));
    encoded.get(ENCODED).setCoder(ColumnBatchCoder.of());
    encoded.get(NO_LABEL).setCoder(ColumnBatchCoder.of());
    return encoded;
  }

  /** The same for every split at once. */
  public static final class ToSplits extends PTransform<PCollectionTuple, PCollectionTuple> {
    private static final long serialVersionUID = 1L;

    private final ApplyTransform apply;

    private ToSplits(ApplyTransform apply) {
      this.apply = apply;
    }

    /** See {@link ApplyTransform#ofComputed}. */
    public ToSplits ofComputed() {
      return new ToSplits(apply.ofComputed());
    }

    /**
     * What becomes of validation and test rows of a class that train has not: they fail the
     * pipeline when this is left out. Those that are dropped join the rows without a label. Those
     * that count as wrong have labels from -1 down, and their classes are {@link #UNKNOWN_CLASSES}.
     */
    public ToSplits withUnknownClasses(UnknownClassPolicy policy) {
      Objects.requireNonNull(policy, "policy");
      return new ToSplits(
          new ApplyTransform(
              apply.transform, new Rows(apply.rows.predicting, apply.rows.computed, policy)));
    }

    @Override
    public PCollectionTuple expand(PCollectionTuple splits) {
      PCollectionTuple encoded = splits;
      PCollectionList<ColumnBatch> unlabeled = PCollectionList.empty(splits.getPipeline());
      PCollectionView<List<String>> unknown = null;
      if (apply.rows.unknown == UnknownClassPolicy.COUNT_AS_WRONG) {
        PCollection<String> names = unknownClasses(splits);
        encoded = encoded.and(UNKNOWN_CLASSES, names);
        unknown = names.apply("Unknown classes", View.asList());
      }
      for (Split split : Split.values()) {
        TupleTag<ColumnBatch> tag = SplitByDate.tag(split);
        if (!splits.has(tag)) {
          throw new RefusedException(
              "Cannot apply a transform: there is no collection of %s (%s)"
                  .formatted(split, splits.getAll().keySet()));
        }
        PCollectionTuple rows =
            PCollectionTuple.of(tag, splits.get(tag))
                .apply("Apply to " + split, new Of(apply, unknown, tag));
        encoded = replaced(encoded, tag, rows.get(ENCODED));
        unlabeled = unlabeled.and(rows.get(NO_LABEL));
      }
      return encoded.and(NO_LABEL, unlabeled.apply("Without label", Flatten.pCollections()));
    }

    private PCollection<String> unknownClasses(PCollectionTuple splits) {
      PCollectionList<ColumnBatch> others = PCollectionList.empty(splits.getPipeline());
      for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
        if (splits.has(SplitByDate.tag(split))) {
          others = others.and(splits.get(SplitByDate.tag(split)));
        }
      }
      return others
          .apply("Others than train", Flatten.pCollections())
          .setCoder(ColumnBatchCoder.of())
          .apply(
              "Look for unknown classes",
              new UnknownClassNames(apply.transform, apply.rows.computed));
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
    private final PCollectionView<List<String>> unknown;
    private final TupleTag<ColumnBatch> split;

    Of(ApplyTransform apply, PCollectionView<List<String>> unknown, TupleTag<ColumnBatch> split) {
      this.apply = apply;
      this.unknown = unknown;
      this.split = split;
    }

    @Override
    public PCollectionTuple expand(PCollectionTuple rows) {
      return apply.encode(rows.get(split), unknown);
    }
  }

  private static final class Encode extends DoFn<ColumnBatch, ColumnBatch> {
    private static final long serialVersionUID = 1L;

    private final PCollectionView<FittedTransform> view;
    private final PCollectionView<List<String>> unknownView;
    private final Rows rows;
    private final Counter unlabeled =
        Metrics.counter(ApplyTransform.class, FitTransform.ROWS_WITHOUT_LABEL);
    private transient FittedTransform seen;
    private transient FittedTransform used;
    private transient BatchColumns declared;

    Encode(
        PCollectionView<FittedTransform> view, PCollectionView<List<String>> unknown, Rows rows) {
      this.view = view;
      this.unknownView = unknown;
      this.rows = rows;
    }

    @ProcessElement
    public void process(ProcessContext context, MultiOutputReceiver out) {
      use(context.sideInput(view));
      ColumnBatch batch = declared.checked(context.element());
      ColumnBatch computed = rows.computed ? batch : CountedFeatures.apply(used.features(), batch);
      LabelEncoder label = used.label();
      LabeledRows found = LabeledRows.of(computed, label == null ? null : label.column());
      if (rows.unknown == UnknownClassPolicy.DROP && label != null && label.kind().isClasses()) {
        found = found.with(computed, label.column(), label::known);
      }
      unlabeled.inc(found.unlabeled().length);
      if (found.labeled() != null) {
        List<String> unknown =
            unknownView == null
                ? List.of()
                : context.sideInput(unknownView).stream().sorted().toList();
        ColumnBatch encoded = used.encode(found.labeled(), unknown);
        out.get(ENCODED).output(encoded.withOrigin(found.labeled().origin()));
      }
      if (found.unlabeled().length > 0) {
        out.get(NO_LABEL).output(batch.take(found.unlabeled()));
      }
    }

    /** Runners hand out the same object for a whole bundle or longer. */
    private void use(FittedTransform transform) {
      if (seen != transform) {
        seen = transform;
        used = rows.predicting ? transform.withoutLabel() : transform;
        declared =
            rows.computed
                ? BatchColumns.of("encode", used.encodedSchema())
                : BatchColumns.of("encode", used.inputs());
      }
    }
  }
}
